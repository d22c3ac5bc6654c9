using Hearth.Ideas.Customers;
using Hearth.Operations.Changes;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Telling;

/// <summary>Following ideas, being told what becomes of them, and ideas that come from elsewhere.</summary>
internal static class TellingModule
{
    public static IServiceCollection AddTelling(this IServiceCollection services) => services
        .AddScoped<WhoFollows>().AddScoped<FollowIdea>().AddScoped<TellAccount>().AddScoped<TellFollowers>().AddScoped<ReadNotices>().AddScoped<ReadNews>().AddScoped<NewsWords>().AddScoped<MailWishes>()
        .AddJob<SpreadIdeaNews, SpreadIdeaNewsRun>().AddRecurringJob<TellOfIdeas, TellOfIdeasRun>(TellOfIdeasRun.Every)
        .AddRecurringJob<GatherDigests, GatherDigestsRun>(GatherDigestsRun.Every).AddJob<SendDigest, SendDigestRun>()
        .AddSubscriber<MessageSent, FollowIdeaTold>("ideas.told").AddSubscriber<MessageFailed, FollowIdeaTold>("ideas.told")
        .AddScoped<PersonAccounts>().AddScoped<RaiseIdea>().AddScoped<VoteForCustomer>().AddScoped<ReadEvidence>().AddScoped<AnswerCustomer>().AddScoped<JoinPerson>()
        .AddSubscriber<ChangeCarriesIdea, CarryOutIdeas>("ideas.changes").AddSubscriber<ChangeShipped, CarryOutIdeas>("ideas.changes").AddSubscriber<ChangeRolledBack, CarryOutIdeas>("ideas.changes");

    public static void MapTelling(this IEndpointRouteBuilder ideas)
    {
        FollowIdea.Map(ideas);
        ReadNotices.Map(ideas);
        ReadNews.Map(ideas);
        NewsWords.Map(ideas);
        RaiseIdea.Map(ideas);
        VoteForCustomer.Map(ideas);
        ReadEvidence.Map(ideas);
        MailWishes.Map(ideas);
        AnswerCustomer.Map(ideas);
        JoinPerson.Map(ideas);
    }
}
