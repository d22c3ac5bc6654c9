using Hearth.Governance;
using Hearth.Ideas.Telling;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Talk;

/// <summary>
/// Finds who is named by @ in a comment: "@Ana Fox" names everybody of that name who takes part in the idea (its author, its commenters) or works for the brand;
/// "@Ana" does when only one of them begins so. Other names stay words.
/// </summary>
public sealed class NamePeople(Database db, Staff staff, TellAccount tell)
{
    private const int MostPeople = 2_000;
    private const int MostNamed = 10;

    private sealed record Person(UserId User, string Name);

    /// <summary>Keeps who is named, and tells each who was not named in this comment before. Runs in the caller's unit of work.</summary>
    /// <returns>Everybody who is named.</returns>
    internal async Task<IReadOnlyList<UserId>> In(IdeaId idea, IdeaCommentId comment, Actor by, string body, DateTimeOffset now, CancellationToken ct)
    {
        var before = await db.IdeaNamed.Where(n => n.Comment == comment).ToDictionaryAsync(n => n.User, n => n.Name, ct);
        var named = body.Contains('@') ? Find(body, await People(idea, ct)).Where(n => n.User != by.Id).Take(MostNamed).ToList() : [];
        var gone = before.Keys.Except(named.Select(n => n.User)).ToList();
        if (gone.Count > 0) await db.IdeaNamed.Where(n => n.Comment == comment && gone.Contains(n.User)).ExecuteDeleteAsync(ct);
        foreach (var (user, name) in named)
        {
            if (before.TryGetValue(user, out var was))
            {
                if (was != name) await db.IdeaNamed.Where(n => n.Comment == comment && n.User == user).ExecuteUpdateAsync(set => set.SetProperty(n => n.Name, name), ct);
                continue;
            }

            db.Add(new IdeaNamed { Comment = comment, User = user, Idea = idea, Name = name, At = now });
            db.Record(new IdeaPersonNamed(idea, comment, user, by.Id, now));
            await tell.To(user, IdeaNewsKind.Mentioned, idea, $"{by.Name} named you: {Excerpt(body)}", ct, $"named:{comment.Value:N}");
        }

        return named.ConvertAll(n => n.User);
    }

    /// <summary>The beginning of what was said, on one line.</summary>
    internal static string Excerpt(string body)
    {
        var line = body.ReplaceLineEndings(" ");
        return line.Length <= 200 ? line : line[..(char.IsHighSurrogate(line[198]) ? 198 : 199)] + "…";
    }

    private async Task<List<Person>> People(IdeaId idea, CancellationToken ct)
    {
        var people = await db.Ideas.Where(i => i.Id == idea).Select(i => new Person(i.Author, i.AuthorName)).ToListAsync(ct);
        people.AddRange(await db.IdeaComments.Where(c => c.Idea == idea && c.RemovedAt == null).Select(c => new { c.Author, c.AuthorName }).Distinct().Take(MostPeople)
            .Select(c => new Person(c.Author, c.AuthorName)).ToListAsync(ct));
        people.AddRange((await staff.All(ct)).Select(s => new Person(s.Id, s.Name)));
        return [.. people.Distinct()];
    }

    private static IEnumerable<(UserId User, string Name)> Find(string body, List<Person> people)
    {
        var found = new Dictionary<UserId, string>();
        for (var at = body.IndexOf('@'); at >= 0; at = body.IndexOf('@', at + 1))
        {
            if (at > 0 && char.IsLetterOrDigit(body[at - 1])) continue; // an e-mail address
            var rest = body.AsSpan(at + 1);
            var (length, who) = (0, new List<Person>());
            foreach (var person in people)
            {
                if (person.Name.Length < length || !Begins(rest, person.Name)) continue;
                if (person.Name.Length > length) (length, who) = (person.Name.Length, []);
                who.Add(person);
            }

            if (length == 0)
            {
                length = Word(rest);
                if (length == 0) continue;
                var first = rest[..length].ToString();
                who = [.. people.Where(p => string.Equals(p.Name.Split(' ')[0], first, StringComparison.OrdinalIgnoreCase)).DistinctBy(p => p.User)];
                if (who.Count != 1) continue;
            }

            var written = rest[..length].ToString();
            foreach (var person in who) found.TryAdd(person.User, written);
        }

        return found.Select(f => (f.Key, f.Value));
    }

    private static bool Begins(ReadOnlySpan<char> text, string name) =>
        text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (text.Length == name.Length || !char.IsLetterOrDigit(text[name.Length]));

    private static int Word(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetter(text[length]) || text[length] is '-' or '\'')) length++;
        return length;
    }
}
