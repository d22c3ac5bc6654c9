using Hearth.Channels.Mail;
using Hearth.Conversations;
using Hearth.Operations.Delight;
using Hearth.Operations.Proposals;
using Hearth.Operations.Verification;
using Hearth.Outlet.Actors;
using Hearth.Outlet.Audiences;
using Hearth.Outlet.Cards;
using Hearth.Outlet.Digests;
using Hearth.Outlet.Photos;
using Hearth.Outlet.Rules;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Outlet;

public static class OutletModule
{
    public static IServiceCollection AddOutlet(this IServiceCollection services) => services
        .AddSchema<OutletSchema>().AddScoped<IPersonalData, PersonalClaims>()
        .AddScoped<CountStock>().AddScoped<FeedStock>().AddScoped<ReadStock>().AddScoped<StockPictures>()
        .AddScoped<DraftOffer>().AddScoped<CopyOffer>().AddScoped<PublishOffer>().AddScoped<OverrideOffer>().AddScoped<EndOffer>().AddScoped<PauseOffer>().AddScoped<ReadOffers>().AddScoped<CorrectPosts>()
        .AddScoped<HoldUnit>().AddGroupCommit<WantedUnit, Held, HoldUnits>().AddScoped<ConfirmClaim>().AddScoped<ExpireHolds>().AddScoped<RedeemClaim>().AddScoped<Waitlist>().AddJob<TellWaiting, TellWaitingRun>().AddSingleton<CodeGuesses>()
        .AddScoped<FollowLink>().AddScoped<AddPastClicks>().AddScoped<KeepClicks>().AddSingleton<LinkTargets>()
        .AddScoped<CountTraffic>().AddScoped<ReadClaims>().AddScoped<PostOffer>().AddScoped<IAskBeforeSending, HoldOfferPosts>()
        .AddScoped<PlaceOrder>().AddScoped<RefundOrder>().AddScoped<ReadOrders>().AddScoped<ReadJourney>().AddScoped<ImportStock>().AddScoped<ImportOrders>()
        .AddScoped<AmendOrder>().AddScoped<KeepShopOrder>().AddScoped<ReceiveShop>().AddScoped<Shops>().AddSingleton<ShopSecrets>().AddScoped<PixelSites>().AddScoped<TakePixel>()
        .AddScoped<IReturnOrders, ReturnOrders>().AddScoped<IOrdersAtRisk, OrdersAtRisk>().AddScoped<IUnitsSold, UnitsSold>()
        .AddScoped<MatchStock>().AddScoped<KeepStockRules>().AddRecurringJob<LookAtStock, RunStockRules>(RunStockRules.Every)
        .AddRecurringJob<WatchFires, WatchFiresRun>(WatchFiresRun.Every)
        .AddRecurringJob<TidyOffers, TidyOffersHandler>(TimeSpan.FromSeconds(5))
        .AddScoped<ShareOffer>().AddScoped<UtmPolicies>().AddScoped<Segments>().AddScoped<Invitations>()
        .AddDigests().AddSingleton<OfferCards>()
        .AddScoped<OutletActor>().AddRecurringJob<PostOpenedOffers, PostOpenedOffersRun>(PostOpenedOffersRun.Every);

    public static IEndpointRouteBuilder MapOutlet(this IEndpointRouteBuilder api)
    {
        StockApi.Map(api);
        StockRuleApi.Map(api);
        SegmentApi.Map(api);
        OfferApi.Map(api);
        UtmPolicies.Map(api);
        ClaimApi.Map(api);
        OrderApi.Map(api);
        ShopApi.Map(api);
        PixelApi.Map(api);
        return api;
    }

    private static IServiceCollection AddDigests(this IServiceCollection services) => services
        .AddScoped<KeepDigest>().AddScoped<AskDigest>().AddScoped<EndDigest>().AddScoped<ReadDigest>()
        .AddRecurringJob<WriteDigests, WriteDigestsRun>(WriteDigestsRun.Every).AddJob<SendDigest, SendDigestRun>().AddJob<AskBackForDigest, AskBackForDigestRun>()
        .AddSubscriber<LetterBounced, HearDigestBounces>("outlet.digest-bounces").AddSubscriber<ConversationOpened, GiveDigestAnswers>("outlet.digest-answers");

    /// <summary>Keeps clicks in a log beside the database, for a server that many follow links through.</summary>
    public static IServiceCollection AddClickLog(this IServiceCollection services, ClickLogSettings settings) => services
        .AddSingleton(settings).AddSingleton<ClickLog>().AddSingleton<IKeepClicks>(s => s.GetRequiredService<ClickLog>())
        .AddSingleton<FoldClicks>().AddHostedService(s => s.GetRequiredService<FoldClicks>());

    /// <summary>Tracked links stand at the root, <c>/l/{slug}</c>, because they are short, and first on the way of a request.</summary>
    public static IApplicationBuilder UseTrackedLinks(this IApplicationBuilder app) => app.UseMiddleware<LinkEndpoint>();
}
