using Hearth.Ideas.Archive;
using Hearth.Ideas.Customers;
using Hearth.Ideas.Likeness;
using Hearth.Ideas.DoubleDippers;
using Hearth.Ideas.Desk;
using Hearth.Ideas.Members;
using Hearth.Ideas.Merging;
using Hearth.Ideas.Moderation;
using Hearth.Ideas.Sayings;
using Hearth.Ideas.Telling;
using Hearth.Ideas.Words;
using Hearth.People.Merging;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas;

public static class IdeasModule
{
    public static IServiceCollection AddIdeas(this IServiceCollection services) => services
        .AddSchema<IdeasSchema>().AddScoped<IPersonalData, Customers.PersonalIdeas>()
        .AddScoped<OneVoteEach>().AddSubscriber<PersonsMerged, OneVoteEach>("ideas.persons").AddSubscriber<PersonsParted, OneVoteEach>("ideas.persons")
        .AddShowing()
        .AddScoped<PostIdea>().AddScoped<CastVote>().AddScoped<CommentOnIdea>().AddScoped<MoveIdea>()
        .AddScoped<ListIdeas>().AddScoped<ReadIdea>().AddScoped<ExplainRank>().AddScoped<IdeaCategories>().AddScoped<CountIdeas>()
        .AddMerging()
        .AddArchive()
        .AddGroupCommit<VoteWanted, VoteCast, CastVotesTogether>().AddScoped<HoldVotes>().AddScoped<ReleaseVotes>().AddScoped<RecountVotes>().AddScoped<BoardSettings>()
        .AddMembers()
        .AddLikeness()
        .AddModeration()
        .AddScoped<RankEpoch>().AddRecurringJob<MoveRankEpoch, RankEpochJob>(TimeSpan.FromDays(1))
        .AddDoubleDippers()
        .AddTelling().AddWords().AddDesk().AddSayings();

    public static IEndpointRouteBuilder MapIdeas(this IEndpointRouteBuilder api)
    {
        var ideas = api.MapGroup("/ideas").WithTags("Ideas").LeadMergedOn();
        ideas.MapShowing();
        PostIdea.Map(ideas);
        CastVote.Map(ideas);
        CommentOnIdea.Map(ideas);
        MoveIdea.Map(ideas);
        ListIdeas.Map(ideas);
        ReadIdea.Map(ideas);
        ideas.MapLikeness();
        ExplainRank.Map(ideas);
        IdeaCategories.Map(ideas);
        CountIdeas.Map(ideas);
        ideas.MapDoubleDippers();
        ideas.MapTelling();
        ideas.MapMerging();
        ideas.MapModeration();
        ReturnIdea.Map(ideas);
        ReadAnew.Map(ideas);
        ideas.MapWords();
        BoardSettings.Map(ideas);
        ideas.MapMembers();
        ideas.MapDesk();
        ideas.MapSayings();
        return api;
    }
}
