using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Listening;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Demo;

/// <summary>
/// Lets the demo go on living while somebody looks: a post every half minute or so, now and then a click, a claim, an order, a vote. All of it is made up in
/// this process and comes in through the same slices as the real thing; nothing is sent anywhere.
/// </summary>
internal sealed partial class SlowLiving(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SlowLiving> log) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    private readonly Random _random = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var now = clock.Now();
        var posts = new DemoPosts(now, _random.Next());
        while (true)
        {
            await Task.Delay(Shortest + (Longest - Shortest) * _random.NextDouble(), clock, stoppingToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await Live(scope.ServiceProvider, posts, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(log, e);
            }
        }
    }

    /// <summary>One moment: a post, and with some luck something else.</summary>
    internal async Task Live(IServiceProvider services, DemoPosts posts, CancellationToken ct)
    {
        await Post(services, posts, ct);
        if (_random.Next(2) == 0) await Visit(services, ct);
        if (_random.Next(2) == 0) await Vote(services, ct);
    }

    private async Task Post(IServiceProvider services, DemoPosts posts, CancellationToken ct)
    {
        var now = clock.Now();
        var post = posts.Next(now) with { Id = "now-" + Ids.New(now).ToString("N") };
        var name = DemoPosts.Sources.First(s => s.Key == post.Source).Name;
        var source = (await services.GetRequiredService<Sources>().All(ct)).First(s => s.Name == name);
        await services.GetRequiredService<ReceiveMentions>().Run(source.Id, [LoadTalk.Incoming(post)], new Receiving(Engage: DemoTalks.Opens(post)), ct);
    }

    // Somebody follows a link; some take a code; some of those order at once.
    private async Task Visit(IServiceProvider services, CancellationToken ct)
    {
        var open = (await services.GetRequiredService<ReadOffers>().Public(ct)).Where(o => o.State == OfferState.Open).ToArray();
        if (open.Length == 0) return;
        var offer = open[_random.Next(open.Length)];
        var followed = await services.GetRequiredService<FollowLink>().By(offer.Link, null, "Mozilla/5.0 (X11; Linux x86_64) Firefox/144.0", null, "https://kindling.example/", ct);
        if (followed is not { Visitor: { } visitor } || _random.Next(4) != 0) return;
        var claim = ClaimId.New();
        if (await services.GetRequiredService<HoldUnit>().For(claim, offer.Id, visitor, $"guest{_random.Next(100_000, 999_999)}@people.example", ct) is not Held.Kept) return;
        if (await services.GetRequiredService<ConfirmClaim>().By(claim, visitor, ct) is not Confirmed.Code code || _random.Next(2) != 0) return;
        var number = "EM-" + Slug.Code(8);
        await services.GetRequiredService<PlaceOrder>().Take(new(number, clock.Now(), [new(offer.Sku, 1, offer.Price)], code.Text), ct);
        await services.GetRequiredService<RedeemClaim>().Use(code.Text, number, "shop", ct);
    }

    private async Task Vote(IServiceProvider services, CancellationToken ct)
    {
        var ideas = (await services.GetRequiredService<ListIdeas>().Of(new(IdeaOrder.New), null, null, 30, ct))!.Items.Where(i => i.Status.TakesVotes()).ToArray();
        if (ideas.Length == 0) return;
        var voter = new Actor(UserId.New(), "A visitor", "V", null, Role.Community);
        var stance = _random.Next(12) == 0 ? Stance.Demote : Stance.Promote;
        await services.GetRequiredService<CastVote>().For(voter, ideas[_random.Next(ideas.Length)].Id, stance, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo skipped a moment")]
    private static partial void Failed(ILogger log, Exception error);
}
