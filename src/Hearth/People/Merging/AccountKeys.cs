using System.Text.RegularExpressions;

namespace Hearth.People.Merging;

/// <summary>A thing that an account shows of who it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Folded, to be compared.</param>
/// <param name="Where">For a person: where it stands.</param>
/// <param name="Link">An address to look at.</param>
public sealed record Sign(SignKind Kind, string Key, string Where, string? Link = null);

/// <summary>What an account shows beside its posts.</summary>
/// <param name="Bio">What it says of itself, as plain text.</param>
/// <param name="VerifiedLinks">Addresses that the network has verified to be theirs (Mastodon's green fields).</param>
public sealed record SeenProfile(string? Bio, IReadOnlyList<string> VerifiedLinks);

/// <summary>Brings the many ways of writing an account, a site or an address to one form. Two accounts are compared by these alone.</summary>
public static partial class AccountKeys
{
    private const int Longest = 300;

    /// <summary>The form of a web address: host and path, without scheme, "www.", question and trailing slash; null when it is none.</summary>
    public static string? Site(string? address)
    {
        var text = address?.Trim() ?? "";
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || !uri.Host.Contains('.', StringComparison.Ordinal)) return null;
        var host = uri.IdnHost.ToLowerInvariant();
        var key = (host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host) + uri.AbsolutePath.TrimEnd('/').ToLowerInvariant();
        return key.Length <= Longest ? key : null;
    }

    /// <summary>The form of a handle: "ann@host.example" (a Mastodon account), "ann.example" (a Bluesky one); null when it names no account for the whole net.</summary>
    public static string? Handle(string? handle)
    {
        var text = handle?.Trim().TrimStart('@').ToLowerInvariant() ?? "";
        return text.Length <= Longest && (Federated().IsMatch(text) || Domain().IsMatch(text)) ? text : null;
    }

    /// <summary>What somebody would write who points at this account: its handle and the pages that show it.</summary>
    public static IEnumerable<string> Of(string network, string externalId, string? handle, string? url)
    {
        if (network == "email") yield return externalId.ToLowerInvariant();
        if (Site(url) is { } page) yield return page;
        if (Handle(handle) is not { } name) yield break;
        yield return name;
        if (network == "bluesky") yield return "bsky.app/profile/" + name;
        if (name.Split('@') is [var user, var host]) yield return $"{host}/@{user}";
    }

    /// <summary>Addresses, handles and mailboxes that stand in a text, each once.</summary>
    public static IReadOnlyList<(SignKind Kind, string Key)> In(string text)
    {
        var found = new List<(SignKind, string)>();
        foreach (Match m in Address().Matches(text))
        {
            if (Site(m.Value.TrimEnd('.', ',', ')', '!', '?')) is { } site) found.Add((SignKind.Points, site));
        }

        var rest = Address().Replace(text, " ");
        foreach (Match m in Account().Matches(rest))
        {
            var written = m.Groups["account"].Value.TrimEnd('.', '-').ToLowerInvariant();
            if (Handle(written) is { } handle) found.Add((SignKind.Points, handle));
        }

        foreach (Match m in Mailbox().Matches(rest)) found.Add((SignKind.Mail, m.Value.TrimEnd('.').ToLowerInvariant()));
        return [.. found.Distinct().Take(20)];
    }

    /// <summary>True when a text may say that another account is its author's: only then is it worth a look.</summary>
    public static bool ClaimsAnother(string text) => text.Length <= 5_000 && (text.Contains('@', StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal)) && Claim().IsMatch(text);

    [GeneratedRegex(@"^[a-z0-9_.\-]{1,64}@[a-z0-9.\-]+\.[a-z]{2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Federated();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9\-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9\-]*[a-z0-9])?)+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Domain();

    [GeneratedRegex(@"https?://[^\s<>""']+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    // "@ann@host.example", "@ann.bsky.social": with the leading sign, else a mailbox would look the same.
    [GeneratedRegex(@"(?<![\w@])@(?<account>[\w.\-]+(?:@[\w.\-]+)?\.[A-Za-z]{2,})", RegexOptions.CultureInvariant)]
    private static partial Regex Account();

    [GeneratedRegex(@"(?<![\w@.\-])[\w.+\-]{1,64}@[\w\-]+(?:\.[\w\-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Mailbox();

    [GeneratedRegex(@"\b(i am|i'm|i’m|it's me|it’s me|that's me|that’s me|my (other|second|new|old|main)? ?(account|profile|handle|mail|e-mail|email)|also me|find me|follow me|reach me|write to me|moved (here )?from|moving to|ich bin|das bin ich|mein (anderes|neues|zweites)? ?(konto|profil|account)|meine (e-mail|mail)|schreib(t)? mir|je suis|mon (autre |nouveau )?compte|soy|mi (otra |nueva )?cuenta)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Claim();
}
