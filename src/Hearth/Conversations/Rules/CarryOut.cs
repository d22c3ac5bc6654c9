using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>Does what a rule says, in the rule's name, by the same slices by which a person does it.</summary>
internal sealed class CarryOut(Database db, Staff staff, AssignConversation assign, AssignInside inside, DoSteps steps, PrepareReply prepare, Notices notices, TimeProvider clock)
{
    /// <returns>What it did, for people: "to Legal, urgent".</returns>
    public async Task<string> Out(ActingRule rule, ConversationId id, CancellationToken ct)
    {
        var (then, doer, did) = (rule.Body.Then, rule.Doer, new List<string>());
        var entries = await Entries(id, ct);
        if (then.Department is { } department)
        {
            await assign.ToDepartment(id, department, doer, ct);
            did.Add("to " + department.Title());
        }

        if (then.Inside) did.Add(await inside.Queue(id, then.Department, then.Skills, doer, ct) ? "to somebody of the department" : "to nobody, since it has no department");
        if (then.Person is { } person) did.Add(await Give(id, person, doer, ct));
        did.AddRange(await steps.Of(then, id, doer, ct));
        if (then.SavedReply is { } reply) did.Add(await prepare.For(reply, id, doer, ct));
        if (then.Notify is { Count: > 0 } notify) did.Add("told " + string.Join(", ", await Tell(rule, id, notify, ct)));
        if (then.Stop) did.Add("no rule after it");
        // What is done shows on the timeline by itself; a rule that changed nothing there shows by this.
        if (await Entries(id, ct) == entries) db.Add(Entry.Event(id, "rule", $"{rule.Name}: {string.Join(", ", did)}", doer, clock.Now()));
        return string.Join(", ", did);
    }

    private async Task<string> Give(ConversationId id, UserId person, Doer doer, CancellationToken ct)
    {
        if (await staff.Find(person, ct) is not { Active: true, Role: >= Role.Agent } member) return "to nobody, since whom it names does not answer any more";
        return await assign.Give(id, member.Actor(), doer, ct) is Assignment.Done ? "to " + member.Name : "to nobody, since somebody else was quicker";
    }

    private async Task<IEnumerable<string>> Tell(ActingRule rule, ConversationId id, IReadOnlyList<UserId> readers, CancellationToken ct)
    {
        var talk = await db.Set<Conversation>().Where(c => c.Id == id).Select(c => new { c.Number, c.Preview, c.Priority }).SingleAsync(ct);
        var names = await staff.Names(readers, ct);
        foreach (var reader in readers.Where(names.ContainsKey))
        {
            notices.Tell(reader, $"{rule.Name}: conversation {talk.Number}", talk.Preview.Length == 0 ? null : talk.Preview, "/engage/" + id.Value, talk.Priority == ConversationPriority.Urgent);
        }

        return names.Values.Order(StringComparer.CurrentCulture);
    }

    private Task<int> Entries(ConversationId id, CancellationToken ct) => db.Set<Entry>().CountAsync(e => e.ConversationId == id && e.Kind == EntryKind.Event, ct);
}
