using Hearth.Catalog;
using Hearth.Conversations.ServiceLevels;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Listening;

namespace Hearth.Conversations.Rules;

/// <summary>Reads the names of what rules point at, for saying them in words.</summary>
internal sealed class RuleNaming(Sources sources, Products products, Staff staff, BusinessCalendars calendars, SavedReplies replies, SlaPolicies policies)
{
    private RuleNames? _names;

    /// <summary>Read once for a unit of work.</summary>
    public async Task<RuleNames> All(CancellationToken ct) => _names ??= new(
        (await sources.Names(ct)).ToDictionary(s => s.Id.Value, s => s.Name), (await products.All(retired: true, ct)).ToDictionary(p => p.Id.Value, p => p.Name),
        (await staff.Everybody(ct)).ToDictionary(s => s.Id, s => s.Name), (await calendars.All(ct)).ToDictionary(c => c.Id, c => c.Name), (await replies.All(ct)).ToDictionary(r => r.Id, r => r.Title),
        (await policies.All(ct)).ToDictionary(p => p.Id, p => p.Promise.Name ?? "?"));
}
