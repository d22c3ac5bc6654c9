using Hearth.Operations.Telling;
using Hearth.Operations.Verification;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Operations.Changes;

/// <summary>Changes, telling people of them, and whether the talk changed.</summary>
internal static class ChangesModule
{
    public static IServiceCollection AddChanges(this IServiceCollection services) => services
        .AddScoped<PlanChange>().AddScoped<ServeGaps>().AddScoped<ShipChange>().AddScoped<ReadChange>()
        .AddScoped<Politeness>().AddScoped<TellingWords>().AddScoped<ClaimTold>().AddScoped<ReadTelling>().AddScoped<ReadJudgement>()
        .AddJob<PrepareTelling, PrepareTellingRun>().AddRecurringJob<TellPeople, TellPeopleRun>(TellPeopleRun.Every)
        .AddSubscriber<MessageSent, FollowTold>("operations.told").AddSubscriber<MessageFailed, FollowTold>("operations.told")
        .AddJob<VerifyChange, VerifyChangeRun>();

    public static void MapChanges(this IEndpointRouteBuilder api)
    {
        var changes = api.MapGroup("/changes").WithTags("Operations");
        PlanChange.Map(changes);
        ServeGaps.Map(changes);
        ShipChange.Map(changes);
        ReadChange.Map(changes);
        TellingWords.Map(changes);
        ReadTelling.Map(changes);
        Politeness.Map(api);
        ReadJudgement.Map(api);
    }

    public static void Build(ModelBuilder model)
    {
        model.Entity<ChangeRow>(e =>
        {
            e.ToTable("operations_changes");
            e.HasKey(c => c.Number);
            e.Property(c => c.Number).ValueGeneratedOnAdd();
            e.Property(c => c.Kind).HasConversion<string>();
            e.Property(c => c.Owner).HasConversion<string>();
            e.Property(c => c.State).HasConversion<string>();
            e.Ignore(c => c.Cost);
            e.HasIndex(c => c.Id).IsUnique();
            e.HasIndex(c => new { c.State, c.Number });
        });
        model.Entity<ServedGap>(e =>
        {
            e.ToTable("operations_change_gaps");
            e.HasKey(g => new { g.ChangeId, g.GapId });
            e.HasIndex(g => g.GapId);
        });
        model.Entity<ServedIdea>(e =>
        {
            e.ToTable("operations_change_ideas");
            e.HasKey(i => new { i.ChangeId, i.Idea });
            e.HasIndex(i => i.Idea);
        });
        model.Entity<ToldRow>(e =>
        {
            e.ToTable("operations_told");
            e.HasKey(t => t.Number);
            e.Property(t => t.Number).ValueGeneratedOnAdd();
            e.Property(t => t.State).HasConversion<string>();
            e.Property(t => t.Why).HasConversion<string>();
            e.HasIndex(t => new { t.ChangeId, t.PersonId }).IsUnique();
            e.HasIndex(t => t.MessageId).IsUnique();
            e.HasIndex(t => new { t.State, t.ChangeId, t.Network, t.Number });
            e.HasIndex(t => new { t.ChangeId, t.Number });
        });
        model.Entity<WordsRow>(e =>
        {
            e.ToTable("operations_telling_words");
            e.HasKey(w => new { w.ChangeId, w.Language });
            e.Property(w => w.ApprovedDepartment).HasConversion<string>();
        });
        model.Entity<PolitenessRow>(e =>
        {
            e.ToTable("operations_politeness");
            e.HasKey(p => p.Network);
        });
        model.Entity<JudgementRow>(e =>
        {
            e.ToTable("operations_judgements");
            e.HasKey(j => new { j.ChangeId, j.GapId });
            e.Property(j => j.Verdict).HasConversion<string>();
            e.HasIndex(j => j.GapId);
        });
    }
}
