using System.Runtime.CompilerServices;
using Hearth.Governance;
using Hearth.Ideas.Likeness.Ranking;
using Hearth.Ideas.Moderation;
using Hearth.Ideas.Sayings;
using Hearth.Ideas.Telling;
using Hearth.Ideas.Words;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Customers;

/// <summary>What was done on the board for somebody known from a network, under a stand-in. An account of their own is theirs to close: it was opened by themselves, under an address of its own.</summary>
internal sealed class PersonalIdeas(Database db, DeleteIdea delete, PersonalMessages messages, EraseTraces traces, TimeProvider clock) : IPersonalData
{
    public string Room => "Ideas";

    public async IAsyncEnumerable<PersonalPart> Export(PersonalScope who, [EnumeratorCancellation] CancellationToken ct)
    {
        var persons = Ids(who);
        var accounts = await db.IdeaPersons.AsNoTracking().Where(p => persons.Contains(p.Person)).ToListAsync(ct);
        yield return new("accounts", [.. accounts.Select(a => new { Account = a.User, a.At, a.JoinedAt })]);
        var users = accounts.ConvertAll(a => a.User);
        yield return new("ideas", [.. await db.Ideas.AsNoTracking().Where(i => users.Contains(i.Author)).Select(i => new { i.Id, i.Title, i.Body, i.What, i.ForWhom, i.Why, i.AuthorName, i.At }).ToListAsync(ct)]);
        var mine = db.Ideas.Where(i => users.Contains(i.Author)).Select(i => i.Id);
        var comments = db.IdeaComments.Where(c => users.Contains(c.Author)).Select(c => (IdeaCommentId?)c.Id);
        yield return new("earlier-texts", [.. await db.IdeaTexts.AsNoTracking().Where(t => t.Comment == null ? mine.Contains(t.Idea) : comments.Contains(t.Comment)).OrderBy(t => t.Number).Select(t => new { t.Idea, t.Comment, t.Version, t.Title, t.Body, t.At }).ToListAsync(ct)]);
        yield return new("pictures", [.. await db.IdeaImages.AsNoTracking().Where(i => users.Contains(i.Owner)).Select(i => new { i.Idea, i.Alt, i.MediaType, i.Bytes, i.At }).ToListAsync(ct)]);
        yield return new("comments", [.. await db.IdeaComments.AsNoTracking().Where(c => users.Contains(c.Author)).OrderBy(c => c.Number).Select(c => new { c.Id, c.Idea, c.Body, c.AuthorName, c.At }).ToListAsync(ct)]);
        yield return new("follows", [.. await db.IdeaFollows.AsNoTracking().Where(f => users.Contains(f.User)).Select(f => new { f.Idea }).ToListAsync(ct)]);
        yield return new("votes", [.. await db.IdeaVotes.AsNoTracking().Where(v => users.Contains(v.User)).Select(v => new { v.Idea, v.At }).ToListAsync(ct)]);
        yield return new("evidence", [.. await db.IdeaEvidence.AsNoTracking().Where(e => persons.Contains(e.Person)).Select(e => new { e.Idea, e.Kind, e.Mention, By = e.ByName, e.At }).ToListAsync(ct)]);
        var maybe = Maybe(who);
        yield return new("told", [.. await db.IdeaNotices.AsNoTracking().Where(n => maybe.Contains(n.Person) || users.Contains(n.User)).Select(n => new { n.Idea, n.Kind, n.State, n.Text, n.Network }).ToListAsync(ct)]);
        yield return new("said-elsewhere", [.. await db.IdeaSayings.AsNoTracking().Where(s => maybe.Contains(s.Person)).Select(s => new { s.Idea, s.Mention, s.IsSame, By = s.ByName, s.At }).ToListAsync(ct)]);
    }

    public async Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct)
    {
        var persons = Ids(who);
        var accounts = await db.IdeaPersons.AsNoTracking().Where(p => persons.Contains(p.Person)).ToListAsync(ct);
        var standIns = accounts.Where(a => a.JoinedAt is null).Select(a => a.User).ToList();
        var ideas = await db.Ideas.Where(i => standIns.Contains(i.Author) && i.AuthorName != DeleteIdea.Nobody).Select(i => new { i.Id, i.Author, i.Title }).ToListAsync(ct);
        foreach (var idea in ideas)
        {
            await delete.By(new Actor(idea.Author, DeleteIdea.Nobody, "-", null, Role.Community), idea.Id, ct);
            await Unname(idea.Id, idea.Title, ct);
        }

        var comments = await Comments(standIns, ct);
        var maybe = Maybe(who);
        await messages.Erase([.. (await db.IdeaNotices.Where(n => maybe.Contains(n.Person) && n.Message != null).Select(n => n.Message!.Value).ToListAsync(ct))], ct);
        var notices = await db.IdeaNotices.Where(n => maybe.Contains(n.Person) || standIns.Contains(n.User)).ExecuteDeleteAsync(ct);
        var evidence = await db.IdeaEvidence.Where(e => persons.Contains(e.Person)).ExecuteDeleteAsync(ct);
        var votes = await db.IdeaVotes.CountAsync(v => standIns.Contains(v.User), ct);
        await db.IdeaFollows.Where(f => standIns.Contains(f.User)).ExecuteDeleteAsync(ct);
        await db.IdeaPersons.Where(p => persons.Contains(p.Person)).ExecuteDeleteAsync(ct);
        var own = accounts.Count - standIns.Count;
        return
        [
            new("Ideas raised from their posts", ideas.Count, ideas.Count == 0 ? null : "what others said below them, under \"removed by its author\""), new("Comments in their name", comments),
            new("Posts that stand behind ideas and votes", evidence),
            new("What they were told of ideas", notices), new("Votes", votes, votes == 0 ? null : "the votes, of nobody"),
            new("Accounts of their own on the board", own, own == 0 ? null : "the account, which they opened themselves and close themselves; nothing joins it to a network any more"),
        ];
    }

    // Where the idea was told of by its title: in news, in notices to others, in what people compared it with, in facts.
    private async Task Unname(IdeaId idea, string title, CancellationToken ct)
    {
        await db.IdeaNews.Where(n => n.Idea == idea).ExecuteUpdateAsync(set => set.SetProperty(n => n.Title, n => n.Title.Replace(title, DeleteIdea.Placeholder))
            .SetProperty(n => n.Text, n => n.Text.Replace(title, DeleteIdea.Placeholder)).SetProperty(n => n.Words, n => n.Words == null ? null : n.Words.Replace(title, DeleteIdea.Placeholder)), ct);
        await db.IdeaNotices.Where(n => n.Idea == idea && n.Text != null).ExecuteUpdateAsync(set => set.SetProperty(n => n.Text, n => n.Text!.Replace(title, DeleteIdea.Placeholder)), ct);
        await db.Set<SaidAlike>().Where(s => s.Idea == null && s.Other == idea).ExecuteDeleteAsync(ct);
        await traces.EmptyFacts(["idea:" + idea.Value], ["title"], ct);
    }

    private async Task<int> Comments(List<UserId> authors, CancellationToken ct)
    {
        var mine = await db.IdeaComments.AsNoTracking().Where(c => authors.Contains(c.Author) && c.AuthorName != DeleteIdea.Nobody).ToListAsync(ct);
        foreach (var comment in mine)
        {
            await db.TakeEarlier(comment.Idea, comment.Id, ct);
            if (comment.RemovedAt is null) await db.CountComment(comment, -1, ct);
            var at = comment.RemovedAt ?? clock.Now();
            await db.IdeaComments.Where(c => c.Id == comment.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Body, "").SetProperty(c => c.AuthorName, DeleteIdea.Nobody).SetProperty(c => c.RemovedAt, at), ct);
        }

        return mine.Count;
    }

    private static PersonId?[] Maybe(PersonalScope who) => [.. who.Persons.Select(p => (PersonId?)PersonId.From(p))];

    private static PersonId[] Ids(PersonalScope who) => [.. who.Persons.Select(PersonId.From)];
}
