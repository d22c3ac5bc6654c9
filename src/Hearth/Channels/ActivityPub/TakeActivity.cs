using System.Text.Json.Nodes;
using Hearth.Platform;

namespace Hearth.Channels.ActivityPub;

/// <summary>What became of an activity that was put into an inbox.</summary>
internal abstract record Taking
{
    private Taking() { }

    /// <summary>It was taken; or was taken before, or concerns nobody here.</summary>
    public sealed record Done : Taking;

    /// <summary>It is not known who sent it.</summary>
    public sealed record NotTrusted(string Reason) : Taking;

    /// <summary>A person blocked its server.</summary>
    public sealed record Blocked : Taking;

    public sealed record Invalid(string Field, string Reason) : Taking;

    /// <summary>Nobody has this inbox.</summary>
    public sealed record Unknown : Taking;

    /// <summary>Its sender's server could not be asked; it may be sent again.</summary>
    public sealed record Later(string Reason) : Taking;
}

/// <summary>
/// Takes what other servers put into an inbox. 1. Read it. 2. Check its signature, and whose key made it. 3. Refuse what its sender may not say. 4. Fetch what
/// it only names. 5. Keep it and do what it says, once, in one transaction.
/// </summary>
internal sealed class TakeActivity(OwnActors actors, RemoteActors others, Hosts hosts, ActivityPubClient client, FindThread threads, KeepActivity keep, TimeProvider clock)
{
    /// <summary>The longest id of an activity that is remembered.</summary>
    private const int MaxId = 500;

    /// <param name="request">As it came.</param>
    /// <param name="name">Whose inbox; null for the one that all share.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Taking> Run(SignedRequest request, string? name, CancellationToken ct)
    {
        // Step 1
        IReadOnlyList<OwnActor> ours = name is null ? await actors.All(ct) : await actors.Named(name, ct) is { } one ? [one] : [];
        if (ours.Count == 0) return new Taking.Unknown();
        if (ActivityJson.Parse(request.Body) is not { } activity) return new Taking.Invalid("$", "must be a JSON object");
        if (ActivityJson.Text(activity, "id") is not { Length: <= MaxId } id || ActivityJson.HostOf(id) is null) return new Taking.Invalid("id", $"must be an address of at most {MaxId} characters");
        if (ActivityJson.Id(activity, "actor") is not { Length: <= MaxId } sender || ActivityJson.HostOf(sender) is not { } host) return new Taking.Invalid("actor", "must be an address");
        if (await hosts.IsBlocked(host, ct)) return new Taking.Blocked();

        // Step 2
        var (author, refused) = await Sender(ours[0], request with { Target = new(new Uri(ours[0].Origin), request.Target.PathAndQuery) }, activity, ct);
        if (refused is not null) return refused;

        // Step 3
        if (author!.Id != sender) return new Taking.NotTrusted("is signed by somebody else than its actor");
        if (!ActivityJson.SameHost(id, sender)) return new Taking.NotTrusted("has an id of another server than its actor's");

        await hosts.Signs(host, request["signature-input"] is null ? SignatureStyle.Cavage : SignatureStyle.Rfc9421, ct);

        try
        {
            foreach (var actor in ours)
            {
                // Step 4
                if (await Heard(actor, activity, author, ct) is not { } heard) continue;

                // Step 5
                await keep.Run(actor, heard, ct);
            }
        }
        catch (ActivityPubException e)
        {
            return new Taking.Invalid("object", "could not be fetched: " + e.Message);
        }
        catch (Exception e) when (e is HttpRequestException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return new Taking.Later(e.Message);
        }

        return new Taking.Done();
    }

    private async Task<(RemoteActorRow? Author, Taking? Refused)> Sender(OwnActor actor, SignedRequest request, JsonObject activity, CancellationToken ct)
    {
        if (HttpSignatures.Read(request, clock.GetUtcNow(), out var wrong) is not { } claim) return (null, new Taking.NotTrusted(wrong!));
        if (ActivityJson.HostOf(claim.KeyId) is not { } host) return (null, new Taking.NotTrusted("has a key without an address"));
        if (await hosts.IsBlocked(host, ct)) return (null, new Taking.Blocked());
        var known = await others.Known(claim.KeyId, ct);
        var fits = known is not null && HttpSignatures.Verify(claim, known.PublicKey);
        if (fits && others.IsFresh(known!)) return (known, null);
        try
        {
            var asked = await others.Ask(actor, claim.KeyId, known, ct);
            return asked is not null && HttpSignatures.Verify(claim, asked.PublicKey) ? (asked, null) : (null, new Taking.NotTrusted("has a signature that its key did not make"));
        }
        catch (ActivityPubException e) when (e.IsGone)
        {
            // An account that is gone takes its key along; of one that was never met there is nothing to take away.
            var leaves = ActivityJson.Is(activity, "Delete") && ActivityJson.Id(activity, "object") == ActivityJson.Id(activity, "actor");
            if (!leaves) return (null, new Taking.NotTrusted("has a key that is not there"));
            return fits ? (known, null) : (null, new Taking.Done());
        }
        catch (ActivityPubException e)
        {
            return (null, new Taking.NotTrusted("has a key that cannot be read: " + e.Message));
        }
        catch (Exception e) when (e is HttpRequestException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return fits ? (known, null) : (null, new Taking.Later("its key could not be asked for: " + e.Message)); // yesterday's key is better than none
        }
    }

    // What the activity means for one actor of ours; null when nothing.
    private async Task<TakenActivity?> Heard(OwnActor actor, JsonObject activity, RemoteActorRow author, CancellationToken ct)
    {
        var taken = new TakenActivity(ActivityJson.Text(activity, "id")!, author, activity);
        var about = ActivityJson.Id(activity, "object");
        if (ActivityJson.Is(activity, "Create", "Update")) return ActivityJson.Is(activity["object"], "Person", "Service", "Organization", "Application", "Group")
            ? await Renewed(actor, taken, about, ct) : await Note(actor, taken, about, ct);
        if (ActivityJson.Is(activity, "Follow")) return about == actor.Id ? taken with { Object = about } : null;
        if (ActivityJson.Is(activity, "Like", "Announce", "EmojiReact")) return actor.KeyOf(about) is not null ? taken with { Object = about } : null;
        if (ActivityJson.Is(activity, "Delete", "Undo", "Block")) return taken with { Object = about };
        return null;
    }

    private async Task<TakenActivity?> Renewed(OwnActor actor, TakenActivity taken, string? about, CancellationToken ct)
    {
        if (about == taken.Author.Id) await others.Fetch(actor, taken.Author.Id, ct);
        return null;
    }

    private async Task<TakenActivity?> Note(OwnActor actor, TakenActivity taken, string? about, CancellationToken ct)
    {
        if (!ActivityJson.SameHost(about, taken.Author.Id)) return null; // nobody speaks for another server
        var note = taken.Activity["object"] is JsonObject embedded ? embedded : await client.Get(actor, about!, ct);
        if (!ReadNote.IsOne(note) || ActivityJson.Text(note, "id") is not { Length: <= MaxId } id || id != about || ActivityJson.Id(note, "attributedTo") is { } by && by != taken.Author.Id) return null;
        var parent = ActivityJson.Id(note, "inReplyTo");
        var addressed = ReadNote.SpeaksTo(note).Concat(ReadNote.Audience(taken.Activity)).Contains(actor.Id, StringComparer.Ordinal) || actor.KeyOf(parent) is not null;
        if (!addressed && !await threads.IsKnown(actor, id, parent, ct)) return null;
        var root = await threads.Root(actor, parent, ct);
        return taken with { Object = id, Note = ReadNote.Of(note, taken.Author, root, ActivityJson.Is(taken.Activity, "Update"), clock.Now()) };
    }
}

/// <summary>An activity that concerns an actor of ours.</summary>
/// <param name="Id">Its address.</param>
/// <param name="Author">Whose it is.</param>
/// <param name="Activity">As it came.</param>
internal sealed record TakenActivity(string Id, RemoteActorRow Author, JsonObject Activity)
{
    /// <summary>What it is about.</summary>
    public string? Object { get; init; }

    /// <summary>The note that it brings.</summary>
    public HeardNote? Note { get; init; }
}
