using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Merging;

/// <summary>An account showed something of who it is.</summary>
/// <param name="Network">Of the account.</param>
/// <param name="ExternalId">The account.</param>
/// <param name="Sign">What it showed.</param>
public sealed record SeenSign(string Network, string ExternalId, Sign Sign);

/// <summary>Keeps what accounts show of who they are, for <see cref="FindSamePersons"/> to compare. Joins the caller's transaction.</summary>
public sealed class KeepSigns(Database db, TimeProvider clock)
{
    /// <summary>What an account says of itself in its profile.</summary>
    public static IEnumerable<Sign> Of(SeenProfile profile, string? url)
    {
        foreach (var link in profile.VerifiedLinks)
        {
            if (AccountKeys.Site(link) is { } site) yield return new(SignKind.Site, site, "verified link on its profile", url);
        }

        foreach (var (kind, key) in AccountKeys.In(profile.Bio ?? "")) yield return new(kind, key, "written on its profile", url);
    }

    /// <summary>What a post says of its author's other accounts.</summary>
    /// <param name="text">As written.</param>
    /// <param name="link">Where the post is read.</param>
    public static IEnumerable<Sign> Of(string text, string? link) => AccountKeys.ClaimsAnother(text)
        ? AccountKeys.In(text).Select(s => new Sign(s.Kind, s.Key, "said so in a post", link)) : [];

    /// <summary>Keeps them; what was shown before stays as it is. Accounts that are not known are passed over.</summary>
    public async Task Add(IReadOnlyCollection<SeenSign> signs, CancellationToken ct)
    {
        foreach (var network in signs.GroupBy(s => s.Network, StringComparer.Ordinal))
        {
            var ids = network.Select(s => s.ExternalId).Distinct(StringComparer.Ordinal).ToArray();
            var people = await db.Set<Identity>().AsNoTracking().Where(i => i.Network == network.Key && ids.Contains(i.ExternalId)).Select(i => new { i.ExternalId, i.PersonId }).ToDictionaryAsync(i => i.ExternalId, i => i.PersonId, ct);
            foreach (var one in network.Where(s => people.ContainsKey(s.ExternalId)).OrderBy(s => s.Sign.Key, StringComparer.Ordinal)) await Add(people[one.ExternalId], one.Sign, ct);
        }
    }

    internal async Task Add(PersonId person, Sign sign, CancellationToken ct)
    {
        object key = db.Kind == DatabaseKind.Sqlite ? person.Value.ToByteArray(true) : person.Value;
        var now = clock.Now().ToUnixMicroseconds();
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO people_signs (person_id, kind, key, "where", link, at, is_new) VALUES ({key}, {sign.Kind.ToString()}, {sign.Key}, {sign.Where}, {sign.Link}, {now}, {true}) ON CONFLICT (key, kind, person_id) DO NOTHING""", ct);
    }
}
