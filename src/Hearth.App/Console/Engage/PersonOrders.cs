using Hearth.Operations.Delight;
using Hearth.People;
using Hearth.Platform;

namespace Hearth.App.Desk.Engage;

/// <summary>A person's value: the orders placed with codes that they claimed under one of their handles or addresses. Nothing is guessed.</summary>
public sealed class PersonOrders(IReturnOrders orders, TimeProvider clock) : IPersonBought
{
    /// <inheritdoc/>
    public async Task<Bought> Of(PersonCard person, CancellationToken ct)
    {
        var contacts = person.Identities.SelectMany(i => new[] { i.Handle, i.Handle is { } h ? "@" + h : null, i.ExternalId.Contains('@', StringComparison.Ordinal) ? i.ExternalId : null })
            .OfType<string>().SelectMany(c => new[] { c, c.ToLowerInvariant() }).Distinct(StringComparer.Ordinal).ToList();
        var found = await orders.Of(contacts, DateTimeOffset.UnixEpoch, clock.GetUtcNow(), ct);
        return new(found.Count, [.. found.GroupBy(o => o.Amount.Currency).Select(g => g.Select(o => o.Amount).Aggregate((a, b) => a + b)).OrderByDescending(m => m.Minor)], found.Count == 0 ? null : found.Max(o => o.At));
    }
}
