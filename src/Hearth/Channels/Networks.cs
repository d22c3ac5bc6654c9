namespace Hearth.Channels;

/// <summary>The networks' names as they are stored and shown in the API.</summary>
public static class Networks
{
    public const string Bluesky = "bluesky";

    /// <summary>Mastodon, and every server that speaks its client API.</summary>
    public const string Mastodon = "mastodon";

    /// <summary>The fediverse, where the brand is an actor of its own.</summary>
    public const string ActivityPub = "activitypub";

    public const string Discourse = "discourse";

    public const string Email = "email";

    /// <summary>How a person writes the name ("Bluesky"); an unknown name is returned as it is.</summary>
    public static string Title(string network) => network switch
    {
        Bluesky => "Bluesky",
        Mastodon => "Mastodon",
        ActivityPub => "Fediverse",
        Discourse => "Discourse",
        Email => "E-mail",
        "web" => "Web",
        "webhook" => "Webhook",
        "file" => "File",
        _ => network,
    };
}
