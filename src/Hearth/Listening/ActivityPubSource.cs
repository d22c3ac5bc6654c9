using System.Globalization;
using System.Runtime.CompilerServices;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>
/// Hears what other servers of the fediverse put into the inbox of an actor of ours: who names or answers the brand, what they change and what they take
/// away. The inbox has them in order; a source that was paused goes on where it stopped.
/// </summary>
public sealed class ActivityPubSource(ActivityPubInbox inbox, ChannelAccounts accounts, TimeProvider clock) : IMentionSource
{
    private const int AtOnce = 200;

    public string Kind => Networks.ActivityPub;

    public string Title => "Fediverse (the brand's own actor)";

    public string Network => Networks.ActivityPub;

    public bool EngageByDefault => true;

    /// <summary>A look into a table of our own.</summary>
    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public IReadOnlyList<SourceField> Fields { get; } = [new(BlueskySource.Account, "Actor", SourceFieldKind.Account, IsRequired: true, "Open it under Council, Channels.")];

    public IEnumerable<FieldError> Check(SourceSettings settings)
    {
        if (!Guid.TryParse(settings[BlueskySource.Account], out _)) yield return new(BlueskySource.Account, "must be one of the brand's actors");
    }

    public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var account = await accounts.Find(new(Guid.Parse(settings.Values[BlueskySource.Account])), ct) ?? throw new ChannelRefusedException("The actor of this source is gone.");
        var position = long.TryParse(cursor, CultureInfo.InvariantCulture, out var read) ? read : 0;
        while (true)
        {
            var heard = await inbox.After(account.Id, position, AtOnce, ct);
            if (heard.Count == 0) yield break;

            // A note that was changed or taken away in the same stretch must come before that; so a stretch ends where a removal is followed by a note.
            var stretch = heard.Take(Stretch(heard)).ToList();
            position = stretch[^1].Position;
            yield return new(
                [.. stretch.Where(h => h.Note is not null).Select(h => Incoming(h.Note!, account))], position.ToString(CultureInfo.InvariantCulture),
                [.. stretch.Select(h => h.Removed).OfType<string>()], clock.Now(), [.. stretch.Select(h => h.Gone).OfType<string>()]);
        }
    }

    private static int Stretch(IReadOnlyList<HeardActivity> heard)
    {
        for (var n = 1; n < heard.Count; n++)
        {
            if (heard[n].Note is not null && heard[n - 1].Note is null) return n;
        }

        return heard.Count;
    }

    private static IncomingPost Incoming(HeardNote note, ChannelAccountView account)
    {
        var has = (note.HasImage ? Media.Image : Media.None) | (note.HasVideo ? Media.Video : Media.None) | (note.Links.Count > 0 ? Media.Link : Media.None);
        return new(note.Id, note.Text, note.At, new(note.Author.Id, note.Author.Handle, note.Author.Name, note.Author.Avatar, note.Author.Url), note.Url, note.Language, note.ParentId, note.RootId,
            IsOwn: false, new NetworkRefs(note.Id, RootUri: note.RootId), IsEdit: note.EditedAt is not null, note.ParentId is null ? PostKind.Original : PostKind.Reply, null, note.Links, has)
        { EditedAt = note.EditedAt, SpeaksTo = [.. note.SpeaksTo, account.ExternalId], Carries = note.Carries };
    }
}
