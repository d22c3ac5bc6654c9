using Hearth.Catalog;
using Hearth.Listening;
using Hearth.Listening.Understanding.Models;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Operations.Proposals;

internal static class ProposalsModule
{
    private const string Causes = "operations.causes";

    public static IServiceCollection AddProposals(this IServiceCollection services) => services
        .AddScoped(s => new CountGap(s.GetRequiredService<Database>(), s.GetRequiredService<Products>(), s.GetServices<IOrdersAtRisk>(), s.GetRequiredService<TimeProvider>()))
        .AddScoped<DescribeCause>().AddScoped<ProposeGaps>()
        .AddScoped(s => new GroupMentions(
            s.GetRequiredService<Database>(), s.GetRequiredService<ReadMention>(), s.GetRequiredService<Products>(), s.GetRequiredService<DisclosurePolicy>(), s.GetRequiredService<ProposeGaps>(), s.GetRequiredService<Readers>()))
        .AddScoped(s => new DecideProposal(s.GetRequiredService<Database>(), s.GetRequiredService<MoveGap>(), s.GetRequiredService<ChangeGap>(), s.GetRequiredService<CountGap>(),
            s.GetRequiredService<GroupMentions>(), s.GetRequiredService<DescribeCause>(), s.GetRequiredService<TimeProvider>()))
        .AddScoped(s => new ReadGroup(s.GetRequiredService<Database>(), s.GetRequiredService<ReadMention>(), s.GetRequiredService<DescribeCause>()))
        .AddSubscriber<MentionHeard, HearCauses>(Causes).AddSubscriber<MentionEdited, HearCauses>(Causes)
        .AddSubscriber<MentionCorrected, HearCauses>(Causes).AddSubscriber<MentionRemoved, HearCauses>(Causes)
        .AddRecurringJob<CountGaps, CountGapsRun>(CountGapsRun.Every);
}
