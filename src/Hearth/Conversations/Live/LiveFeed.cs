using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Conversations.Live;

/// <summary>Something became different while people look.</summary>
/// <param name="Conversation">Where.</param>
/// <param name="What">"opened", "said", "replied", "assigned", "delivery", "text", "presence", or what else its facts name.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="People">Of "presence": who is there now; null of others.</param>
public sealed record LiveChange(ConversationId Conversation, string What, DateTimeOffset At, IReadOnlyList<Present>? People = null);

/// <summary>
/// Tells those who look what becomes different, on whichever node it happened: the facts that are committed and who is present are read from the database twice a second, once
/// for all who listen on this node, and not at all while nobody does. Nobody may depend on it: what is missed is found by looking again.
/// </summary>
public sealed partial class LiveFeed(IServiceScopeFactory scopes, TimeProvider clock, ILogger<LiveFeed> log)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<Channel<LiveChange>> _listeners = [];
    private bool _isRunning;

    /// <summary>Everything from now on, until the caller stops. Who reads too slowly misses the oldest.</summary>
    public async IAsyncEnumerable<LiveChange> Follow([EnumeratorCancellation] CancellationToken ct)
    {
        var mine = Channel.CreateBounded<LiveChange>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
        Join(mine);
        try
        {
            await foreach (var change in mine.Reader.ReadAllAsync(ct)) yield return change;
        }
        finally
        {
            lock (_gate) _listeners.Remove(mine);
        }
    }

    private void Join(Channel<LiveChange> listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
            if (_isRunning) return;
            _isRunning = true;
        }

        using (ExecutionContext.SuppressFlow()) _ = Task.Run(Run, CancellationToken.None); // serves all who listen: not in the name of the first
    }

    private async Task Run()
    {
        var (tail, there) = (new FactTail(), (IReadOnlyDictionary<ConversationId, IReadOnlyList<Present>>?)null);
        while (true)
        {
            var (isBehind, pause) = (false, Every);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<Database>();
                var facts = await tail.Next(db, CancellationToken.None);
                isBehind = facts.Count == FactTail.Most;
                foreach (var change in await Changes(db, facts)) Tell(change);
                var now = await scope.ServiceProvider.GetRequiredService<Presence>().Everywhere(CancellationToken.None);
                foreach (var change in Moved(there, now)) Tell(change);
                there = now;
            }
            catch (ObjectDisposedException)
            {
                return; // the house is closing
            }
            catch (Exception e)
            {
                Failed(log, e); // a database that is away comes back
                pause = Every * 20;
            }

            lock (_gate)
            {
                if (_listeners.Count == 0)
                {
                    _isRunning = false;
                    return;
                }
            }

            if (!isBehind) await Task.Delay(pause, clock, CancellationToken.None);
        }
    }

    private void Tell(LiveChange change)
    {
        lock (_gate)
        {
            foreach (var listener in _listeners) listener.Writer.TryWrite(change);
        }
    }

    // Most facts name their conversation; those of a message or a mention are looked up by it.
    private async Task<IReadOnlyList<LiveChange>> Changes(Database db, IReadOnlyList<FactRow> facts)
    {
        if (facts.Count == 0) return [];
        var now = clock.Now();
        var changes = facts.Where(f => f.Subject.StartsWith("conversation:", StringComparison.Ordinal)).Select(f => new LiveChange(ConversationId.From(Id(f)), Word(f.Type), now)).ToList();
        var messages = facts.Where(f => f.Subject.StartsWith("message:", StringComparison.Ordinal)).Select(f => (MessageId?)MessageId.From(Id(f))).Distinct().ToArray();
        var mentions = facts.Where(f => f.Type is "Listening.MentionEdited" or "Listening.MentionRemoved").Select(f => (MentionId?)MentionId.From(Id(f))).Distinct().ToArray();
        if (messages.Length > 0) changes.AddRange(await Of(db.Set<Entry>().Where(e => messages.Contains(e.MessageId)), "delivery"));
        if (mentions.Length > 0) changes.AddRange(await Of(db.Set<Entry>().Where(e => mentions.Contains(e.MentionId)), "text"));
        return [.. changes.DistinctBy(c => (c.Conversation, c.What))];

        async Task<IEnumerable<LiveChange>> Of(IQueryable<Entry> entries, string what) =>
            (await entries.Select(e => e.ConversationId).Distinct().ToListAsync()).Select(id => new LiveChange(id, what, now));
    }

    private IEnumerable<LiveChange> Moved(IReadOnlyDictionary<ConversationId, IReadOnlyList<Present>>? before, IReadOnlyDictionary<ConversationId, IReadOnlyList<Present>> now)
    {
        if (before is null) return [];
        var at = clock.Now();
        return from id in before.Keys.Union(now.Keys)
               let people = now.GetValueOrDefault(id, [])
               where !people.SequenceEqual(before.GetValueOrDefault(id, []))
               select new LiveChange(id, "presence", at, people);
    }

    private static Guid Id(FactRow fact) => Guid.TryParse(fact.Subject.AsSpan(fact.Subject.IndexOf(':') + 1), out var id) ? id : Guid.Empty;

    private static string Word(string type) => type[(type.LastIndexOf('.') + 1)..] switch
    {
        "ConversationOpened" => "opened",
        "ConversationContinued" => "said",
        "ConversationReplied" => "replied",
        "ConversationAssigned" => "assigned",
        "ConversationStatusChanged" or "ConversationClosed" => "status",
        var other => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(other.Replace("Conversation", "", StringComparison.Ordinal)),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for what is new in the inbox failed; looking again")]
    private static partial void Failed(ILogger log, Exception error);
}
