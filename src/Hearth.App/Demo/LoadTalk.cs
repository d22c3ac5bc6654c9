using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.App.Demo;

/// <summary>Posts come in, conversations are led.</summary>
internal sealed class LoadTalk(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    private readonly Dictionary<string, SourceId> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Led> _led = new(StringComparer.Ordinal);

    /// <summary>By post: its conversation, once somebody of Emberly has done something in it.</summary>
    public ConversationId? Of(DemoTalk talk) => _led.TryGetValue(talk.Post.Id, out var led) ? led.Conversation : null;

    public async Task Sources(DateTimeOffset at, CancellationToken ct)
    {
        foreach (var (key, name) in DemoPosts.Sources)
        {
            var social = key == DemoPosts.Sources[0].Key;
            _sources[key] = await house.In(at, async s => !social ? await s.GetRequiredService<Sources>().ForFile(name, ct)
                : await s.GetRequiredService<Sources>().Add(Listening.Sources.Webhook, name, new Dictionary<string, string>(StringComparer.Ordinal), engage: true, ct) is KeptSource.Done done ? done.Source
                : throw new DemoException($"The source {name} could not be added."));
        }
    }

    /// <summary>Saved before anything is heard, so that posts match on their way in.</summary>
    public Task Queries(DateTimeOffset at, CancellationToken ct) => house.In(at, async s =>
    {
        var queries = s.GetRequiredService<SavedQueries>();
        foreach (var (name, text) in DemoPosts.Queries)
        {
            // The hinge was looked for in English first, until somebody saw what that missed.
            var first = name == DemoPosts.Grown ? "hinge" : text;
            if (await queries.Add(staff["DO"], name, first, ct) is not SavedQuery.Done saved) throw new DemoException($"The query {name} was refused.");
            if (first != text) await queries.Change(staff["DO"], saved.Query, name, text, ct);
        }

        return true;
    });

    /// <summary>Set the day before the story ends, so that there is something to see and the past is not told as news.</summary>
    public Task Alerts(DateTimeOffset at, CancellationToken ct) => house.In(at, async s =>
    {
        var queries = (await s.GetRequiredService<SavedQueries>().Names(ct)).ToDictionary(q => q.Name, q => q.Id, StringComparer.Ordinal);
        foreach (var (name, kind, query, negative, threshold) in DemoPosts.Alerts)
        {
            var draft = new AlertDraft(name, kind, queries[query], negative, threshold, threshold is null ? null : 1_440, 8, 10, "22:00", "06:30", kind == AlertKind.Volume, "Europe/Berlin", [], null, null);
            if (await s.GetRequiredService<AlertRules>().Add(draft, null, staff["DO"], ct) is not KeptAlert.Done) throw new DemoException($"The alert {name} was refused.");
        }

        return true;
    });

    public Task Views(DateTimeOffset at, CancellationToken ct) => house.In(at, async s =>
    {
        foreach (var (name, filters) in DemoPosts.Views)
        {
            if (await s.GetRequiredService<SavedViews>().Add(staff["DO"], new(name, filters), ct) is not KeptView.Done) throw new DemoException($"The view {name} was refused.");
        }

        return true;
    });

    /// <summary>All posts, as they came in: every day what people tell us, every fourth day what they tell each other. Every ten days the rooms handle what they heard, so that what they make of it is about as old as the posts.</summary>
    /// <param name="last">Done before the last forty days of the story begin, at their first moment.</param>
    /// <param name="ct">Stops.</param>
    public async Task Posts(Func<DateTimeOffset, Task> last, CancellationToken ct)
    {
        var batches = story.History.GroupBy(p => (p.Source, Turn: (int)(p.At.UtcTicks / TimeSpan.TicksPerDay) / (DemoTalks.Opens(p) ? 1 : 4), Opens: DemoTalks.Opens(p)));
        var acts = batches.Select(batch => new DemoAct(
            batch.Max(p => p.At), s => s.GetRequiredService<ReceiveMentions>().Run(_sources[batch.Key.Source], [.. batch.Select(Incoming)], new Receiving(Engage: batch.Key.Opens), ct)));
        var stretches = acts.GroupBy(a => (story.Now - a.At).Days / 10).OrderByDescending(g => g.Key).ToList(); // from the end, so that the last ones are whole whatever day it is
        foreach (var days in stretches)
        {
            if (days == stretches[^4]) await last(days.Min(a => a.At).AddMinutes(-5));
            await house.Play(days, ct);
            await house.Settle(ct);
        }
    }

    /// <summary>What Emberly's people did. Where somebody spoke again, that is handed on before the answer to it.</summary>
    public async Task Conversations(CancellationToken ct)
    {
        await house.Play(story.Talks.SelectMany(t => Acts(t, UntilAgain(t), ct)), ct);
        await house.Settle(ct);
        await house.Play(story.Talks.SelectMany(t => Acts(t, [.. t.Steps.Skip(UntilAgain(t).Count)], ct)), ct);
        await house.Settle(ct);
    }

    public static IncomingPost Incoming(DemoPost post) => new(
        post.Id, post.Text, post.At, new(post.Author.Handle, post.Author.Handle, post.Author.Name, Url: $"https://{post.Source}.example/@{post.Author.Handle}"), post.Url, post.Author.Language,
        ParentId: post.Root, RootId: post.Root, Followers: Followers(post));

    // The forum and the shop's reviews know no followers; on the network few have many.
    private static long? Followers(DemoPost post)
    {
        if (post.Source != DemoPosts.Sources[0].Key) return null;
        var share = post.Author.Handle.Sum(c => c * 31 % 97) % 100 / 100.0;
        return (long)(20 * Math.Pow(900, share * share));
    }

    private static List<DemoStep> UntilAgain(DemoTalk talk)
    {
        var again = talk.Steps.TakeWhile(s => s is not DemoStep.Again).Count();
        return [.. talk.Steps.Take(again + 1)];
    }

    private IEnumerable<DemoAct> Acts(DemoTalk talk, IReadOnlyList<DemoStep> steps, CancellationToken ct) =>
        steps.Select(step => new DemoAct(step.At, s => Do(s, talk, step, ct)));

    private async Task Do(IServiceProvider s, DemoTalk talk, DemoStep step, CancellationToken ct)
    {
        var led = await Find(s, talk, ct);
        switch (step)
        {
            case DemoStep.Assign assign:
                var to = staff[assign.To.Initials];
                await s.GetRequiredService<AssignConversation>().To(led.Conversation, to, null, assign.To.Department == Department.Care ? to : staff["DO"], ct);
                break;
            case DemoStep.Label label:
                await s.GetRequiredService<ConversationSteps>().AddLabel(led.Conversation, ConversationSteps.Label(label.Name)!, staff[label.By.Initials], ct);
                break;
            case DemoStep.Note note:
                await s.GetRequiredService<ConversationSteps>().Note(led.Conversation, note.Text, staff[note.By.Initials], ct);
                break;
            case DemoStep.Reply reply:
                await Reply(s, talk, led, reply, ct);
                break;
            case DemoStep.Again again:
                await s.GetRequiredService<ReceiveMentions>().Run(_sources[again.Post.Source], [Incoming(again.Post)], new Receiving(), ct);
                break;
            case DemoStep.Close close:
                await s.GetRequiredService<ConversationSteps>().Move(led.Conversation, ConversationStatus.Closed, staff[close.By.Initials], ct);
                break;
        }
    }

    // Kindling does not exist, so nothing can send there: the reply is one that a person posts, and says where.
    private static async Task Say(IServiceProvider s, MessageId message, string url, CancellationToken ct) =>
        await s.GetRequiredService<ChangeMessage>().MarkPostedByHand(message, url, ct);

    private async Task Reply(IServiceProvider s, DemoTalk talk, Led led, DemoStep.Reply reply, CancellationToken ct)
    {
        var said = await s.GetRequiredService<ReplyToConversation>().With(led.Conversation, reply.Text, led.Version, staff[reply.By.Initials], null, ct);
        if (said is not Conversations.Reply.ByHand hand) throw new DemoException($"A reply was refused: {said}.");
        led.Version = hand.Version;
        await Say(s, hand.Message, $"https://{talk.Post.Source}.example/@emberly/{talk.Post.Id}-{hand.Version}", ct);
    }

    private async Task<Led> Find(IServiceProvider s, DemoTalk talk, CancellationToken ct)
    {
        if (_led.TryGetValue(talk.Post.Id, out var led)) return led;
        var thread = $"{Listening.Sources.Webhook}:{_sources[talk.Post.Source].Value}:{talk.Post.Id}";
        var mention = house.Began.TryGetValue(thread, out var began) ? began : throw new DemoException($"Nobody was told of the post {talk.Post.Id}.");
        var held = await s.GetRequiredService<OpenConversation>().Holding(mention, ct);
        return _led[talk.Post.Id] = new(held[0]);
    }

    private sealed class Led(ConversationId conversation)
    {
        public ConversationId Conversation { get; } = conversation;

        public int Version { get; set; }
    }
}
