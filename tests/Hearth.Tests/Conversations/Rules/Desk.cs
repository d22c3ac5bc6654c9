using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations.Rules;

/// <summary>What tests of rules say often.</summary>
internal static class Desk
{
    public static readonly Actor Lead = new(UserId.New(), "Lena Lead", "LL", Department.Care, Role.Owner);

    /// <summary>Writes a rule, tries it and puts it live.</summary>
    public static async Task<long> Rule(this TestHouse house, string name, RuleWhen when, RuleIf asked, RuleThen then)
    {
        var kept = Assert.IsType<KeptRule.Done>(await house.With<KeepRules, KeptRule>(k => k.Add(new(name, when, asked, then), Lead, default)));
        await house.GoLive(kept.Number, kept.Version);
        return kept.Number;
    }

    public static async Task GoLive(this TestHouse house, long number, int version)
    {
        Assert.NotNull(await house.With<TryRules, TriedRule?>(t => t.Kept(number, default)));
        Assert.IsType<KeptRule.Done>(await house.With<KeepRules, KeptRule>(k => k.PutLive(number, version, default)));
    }

    public static Task<long> OnArrival(this TestHouse house, string name, RuleIf asked, RuleThen then) => house.Rule(name, new(RuleMoment.Arrives), asked, then);

    public static async Task<IReadOnlyList<FiringView>> Firings(this TestHouse house, long? rule = null) =>
        [.. (await house.With<ReadRules, Page<FiringView>?>(r => r.Firings(rule, null, null, 500, default)))!.Items.Reverse()];

    /// <summary>Somebody of the brand who can sign in.</summary>
    public static async Task<Actor> Person(this TestHouse house, string name, Department department = Department.Care, Role role = Role.Agent)
    {
        var account = Account.Of($"{name}@brand.example".ToLowerInvariant(), name, name[..1].ToUpperInvariant(), department, role, true, house.Clock.Now());
        account.NormalizedUserName = account.NormalizedEmail = account.Email!.ToUpperInvariant();
        await house.With<Database>(async db =>
        {
            db.Add(account);
            await db.SaveChangesAsync();
        });
        return new(new(account.Id), name, name[..1].ToUpperInvariant(), department, role);
    }

    public static Task<KeptAgent> Takes(this TestHouse house, Actor agent, int capacity, string[]? skills = null, string[]? languages = null) =>
        house.With<Agents, KeptAgent>(a => a.Put(agent.Id, new(skills, languages, capacity), Lead, default));

    public static async Task<ConversationView> See(this TestHouse house, ConversationId id) => (await house.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!;
}
