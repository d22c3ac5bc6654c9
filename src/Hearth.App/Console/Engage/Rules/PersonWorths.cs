using Hearth.Conversations.Rules;
using Hearth.People;

namespace Hearth.App.Desk.Engage;

/// <summary>What people's orders are worth, for rules: the same sum that stands on their card, in the currency in which they spent most.</summary>
public sealed class PersonWorths(ReadPeople cards, PersonOrders orders) : IPersonValue
{
    public async Task<IReadOnlyDictionary<PersonId, long>> Of(IReadOnlyCollection<PersonId> people, CancellationToken ct)
    {
        var worths = new Dictionary<PersonId, long>();
        foreach (var (id, card) in await cards.Of(people, ct))
        {
            var bought = await orders.Of(card, ct);
            if (bought.Worth.Count > 0) worths[id] = bought.Worth[0].Minor;
        }

        return worths;
    }
}
