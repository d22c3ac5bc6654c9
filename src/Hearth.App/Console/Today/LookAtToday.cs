using Hearth.App.Shared;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.App.Desk.Today;

/// <summary>The first page after sign-in: what every room wants a person for, put together.</summary>
/// <param name="Wanted">Counts above zero, the most pressing first.</param>
/// <param name="Waiting">The five conversations that wait longest for an answer.</param>
/// <param name="Gaps">The five dearest causes nobody has removed.</param>
/// <param name="Offers">Offers open, sold out or about to open.</param>
/// <param name="Ideas">The five ideas that wait longest for a first word.</param>
/// <param name="Talk">Mentions per day of the last 30 days of who looks.</param>
/// <param name="Steps">What a new house is asked to do first; empty once all of it is done.</param>
public sealed record Day(
    IReadOnlyList<Wanted> Wanted, IReadOnlyList<InboxRow> Waiting, IReadOnlyList<GapLine> Gaps, IReadOnlyList<OfferView> Offers, IReadOnlyList<IdeaLine> Ideas, MentionCounts Talk,
    IReadOnlyList<FirstStep> Steps);

public sealed class LookAtToday(
    ListConversations conversations, ListGaps gaps, ReadOffers offers, ListIdeas ideas, CountIdeas ideaCounts, CountMentions mentions, Sources sources, Staff staff, DisclosurePolicy disclosure, ReadStock stock, ReadMessages messages, HouseHealth health, TimeProvider clock)
{
    private const int Some = 5;
    private static readonly TimeSpan Soon = TimeSpan.FromDays(1);

    public async Task<Day> For(Actor me, string? zoneName, CancellationToken ct)
    {
        var zone = DayZone.TryFind(zoneName, out var found) ? found : TimeZoneInfo.Utc;
        var now = clock.Now();
        var inbox = await conversations.Counts(me.Id, me.Department, ct);
        var gapCounts = await gaps.Counts(ct);
        var open = (await offers.List([OfferState.Open, OfferState.SoldOut, OfferState.Scheduled], null, 50, ct))!.Items;
        var listened = await sources.All(ct);
        var failing = listened.Count(s => s.State == SourceState.Active && s.LastError is not null);
        var state = await health.Look(ct);
        Wanted[] wanted =
        [
            new(inbox.WaitingForUs, "waiting for an answer", "/engage?view=WaitingForUs&order=oldest"),
            new(inbox.Unassigned, "conversations nobody has taken", "/engage?view=Unassigned"),
            new(inbox.Mine, "conversations of yours", "/engage?view=Mine"),
            new(await messages.Waiting(ct), "messages failed or to post by hand", "/engage/outbox"),
            new(gapCounts.ByStage.GetValueOrDefault(GapStage.Open), "causes without a plan", "/fix?stage=Open"),
            new(gapCounts.Overdue, "causes overdue", "/fix?overdue=true"),
            new(await gaps.News(me.Id, ct), "causes you watch with news", "/fix?watched=true"),
            new((await ideaCounts.Now(ct)).Unanswered, "ideas nobody has answered", "/ideas/desk"),
            new(open.Count(o => o.State == OfferState.SoldOut), "offers sold out", "/offer?state=SoldOut"),
            new(open.Count(o => o.State == OfferState.Open && o.Closes - now < Soon), "offers that end within a day", "/offer?state=Open"),
            new(failing, "sources that fail", "/listen/sources"),
            new(state.FactsParked + state.JobsFailed, "things the machine gave up on", "/council"),
        ];
        return new(
            [.. wanted.Where(w => w.Count > 0)],
            (await conversations.Of(new(InboxView.WaitingForUs, OldestFirst: true), null, Some, ct))!.Items,
            (await gaps.Of(new(GapStage.Open), null, Some, ct))!.Items,
            [.. open.Take(Some)],
            (await ideas.Of(new(IdeaOrder.Oldest, Unanswered: true), me.Id, null, Some, ct))!.Items,
            await mentions.Over(new MentionFilter(From: zone.Day(now).AddDays(-29), To: zone.Day(now)) { Zone = zoneName }, CountBy.Day, SplitBy.Sentiment, false, ct),
            await Steps(listened.Count > 0, ct));
    }

    private async Task<IReadOnlyList<FirstStep>> Steps(bool hears, CancellationToken ct)
    {
        FirstStep[] steps =
        [
            new((await disclosure.Read(ct)).Brand is not null, "Name the brand", "Replies are signed with it, and the public pages bear it.", "/council/channels#brand"),
            new(hears, "Hear what people say", "Connect the brand's account, or add a feed or a webhook.", "/listen/sources"),
            new((await staff.Everybody(ct)).Count > 1, "Invite somebody", "Each department answers for what it can change.", "/council/people#invite"),
            new((await stock.List(null, null, 1, ct))!.Items.Count > 0, "Count what is to be sold", "Outlet offers are made of stock, and never of more than there is.", "/offer/stock"),
        ];
        return steps.All(s => s.Done) ? [] : steps;
    }
}
