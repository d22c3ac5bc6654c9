using Hearth.Channels;
using Hearth.Governance;
using Hearth.Operations.Telling;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>The words that people are told an idea's news in on their networks: said only once somebody with the right has approved exactly them, and then in their name.</summary>
/// <remarks>{whose} stands for "Your idea" or "The idea you voted for", {title} for its title, {status} for where it went, {link} for its address, {name} for the person's name.</remarks>
public sealed class NewsWords(Database db, Publish publish, ReadPeople people, TimeProvider clock)
{
    public const int MaxText = 1000;

    private const int DraftTitle = 80;

    /// <summary>Writes other words than the draft. Another text is no longer approved; the same one stays so.</summary>
    /// <param name="news">Which.</param>
    /// <param name="text">1 to 1,000 characters.</param>
    /// <param name="by">Who writes.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Wording> Write(IdeaNewsId news, string? text, Actor by, CancellationToken ct) => db.InTransaction<Wording>(async () =>
    {
        if (text?.Trim().ReplaceLineEndings("\n") is not { Length: > 0 and <= MaxText } words) return new Wording.Invalid([new("text", $"must have 1 to {MaxText:N0} characters")]);
        if (await Locked(news, ct) is not { } row) return new Wording.Unknown();
        if (Text(row) == words) return new Wording.Done();
        (row.Words, row.WrittenBy) = (words, by.Name);
        Unapprove(row);
        await db.SaveChangesAsync(ct);
        return new Wording.Done();
    }, ct);

    /// <summary>Approves the words, and lends them one's name; from then on people are told.</summary>
    /// <param name="news">Which.</param>
    /// <param name="seen">The text as it was read: another one is not approved with it.</param>
    /// <param name="home">The address of this server, for links.</param>
    /// <param name="by">A lead or an owner.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Wording> Approve(IdeaNewsId news, string? seen, string home, Actor by, CancellationToken ct) => db.InTransaction<Wording>(async () =>
    {
        if (!by.Is(Role.Lead)) return new Wording.NotAllowed();
        if (await Locked(news, ct) is not { } row) return new Wording.Unknown();
        if (Text(row) != seen?.Trim().ReplaceLineEndings("\n")) return new Wording.ChangedMeanwhile(Text(row));
        (row.Words, row.WrittenBy, row.Home) = (Text(row), row.WrittenBy ?? by.Name, home.TrimEnd('/'));
        if (await TooLong(row, by, ct) is { } error)
        {
            db.Forget();
            return new Wording.Invalid([error]);
        }

        (row.ApprovedBy, row.ApprovedByName, row.ApprovedInitials, row.ApprovedDepartment, row.ApprovedAt) = (by.Id, by.Name, by.Initials, by.Department, clock.Now());
        await db.SaveChangesAsync(ct);
        return new Wording.Done();
    }, ct);

    /// <summary>Takes an approval back; who was told is told.</summary>
    public Task<Wording> Withdraw(IdeaNewsId news, Actor by, CancellationToken ct) => db.InTransaction<Wording>(async () =>
    {
        if (!by.Is(Role.Lead)) return new Wording.NotAllowed();
        if (await Locked(news, ct) is not { } row) return new Wording.Unknown();
        Unapprove(row);
        await db.SaveChangesAsync(ct);
        return new Wording.Done();
    }, ct);

    /// <summary>The words as they stand: those written, else a draft.</summary>
    internal static string Text(IdeaNews news) => news.Words ?? news.Kind switch
    {
        IdeaNewsKind.Moved => "{whose} “{title}” is now {status}. Why, and by whom: {link}",
        IdeaNewsKind.Merged => "{whose} “{title}” is part of another one now; every vote and comment came along. {link}",
        IdeaNewsKind.Unmerged => "{whose} “{title}” stands for itself again. {link}",
        IdeaNewsKind.ArchiveSoon => "{whose} “{title}” is about to be archived. How to keep it: {link}",
        _ => "{whose} “{title}”: there is news. {link}",
    };

    internal static string Fill(IdeaNews news, Because because, string? name)
    {
        var title = news.Title.Length <= DraftTitle ? news.Title : news.Title[..(DraftTitle - 1)].TrimEnd() + "…";
        return Text(news).Replace("{whose}", Whose(because), StringComparison.Ordinal).Replace("{status}", news.Status?.Words().ToLowerInvariant() ?? "", StringComparison.Ordinal)
            .Replace("{link}", $"{news.Home}/ideas/{news.Idea.Value}", StringComparison.Ordinal).Replace("{name}", name ?? "", StringComparison.Ordinal)
            .Replace("{title}", title, StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal).Trim();
    }

    internal static Actor Speaker(IdeaNews news) => new(news.ApprovedBy!.Value, news.ApprovedByName!, news.ApprovedInitials!, news.ApprovedDepartment, Role.Lead);

    private static string Whose(Because because) => because switch
    {
        Because.Author => "Your idea",
        Because.Voter => "The idea you voted for",
        Because.Commenter => "The idea you spoke about",
        _ => "The idea you follow",
    };

    private static void Unapprove(IdeaNews row) =>
        (row.ApprovedBy, row.ApprovedByName, row.ApprovedInitials, row.ApprovedDepartment, row.ApprovedAt) = (null, null, null, null, null);

    // On every network where somebody waits, with the longest of the possible beginnings and names.
    private async Task<FieldError?> TooLong(IdeaNews row, Actor by, CancellationToken ct)
    {
        var waiting = await db.IdeaNotices.AsNoTracking().Where(n => n.News == row.Id && n.State == ToldState.Waiting).Select(n => new { n.Network, n.Person }).ToListAsync(ct);
        var names = await people.Of([.. waiting.Select(w => w.Person!.Value)], ct);
        foreach (var network in waiting.GroupBy(w => w.Network!, StringComparer.Ordinal))
        {
            var name = network.Select(w => names.GetValueOrDefault(w.Person!.Value)?.Name).MaxBy(n => n?.Length);
            var preview = await publish.PreviewReply(new ReplyTarget(network.Key, null, "any"), Fill(row, Because.Commenter, name), by, ct);
            if (!preview.Length.Fits) return new("text", $"has {preview.Length.Length} {preview.Length.Unit} with the title, the longest name and your signature; {Networks.Title(network.Key)} takes {preview.Length.Limit}");
        }

        return null;
    }

    private async Task<IdeaNews?> Locked(IdeaNewsId news, CancellationToken ct)
    {
        await db.IdeaNews.Where(n => n.Id == news).ExecuteUpdateAsync(set => set.SetProperty(n => n.SpreadAt, n => n.SpreadAt), ct);
        return await db.IdeaNews.SingleOrDefaultAsync(n => n.Id == news, ct);
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapPut("/news/{news:guid}/words", async Task<Results<NoContent, ProblemHttpResult>> (Guid news, WordsToWrite body, NewsWords words, HttpContext http, CancellationToken ct) =>
                Answer(await words.Write(IdeaNewsId.From(news), body.Text, http.Actor(), ct)))
            .WithName("writeIdeaWords").WithSummary("Write what people are told of an idea's news on their networks").RequireAuthorization("write").ProducesProblem(400).ProducesProblem(404);
        ideas.MapPost("/news/{news:guid}/approval", async Task<Results<NoContent, ProblemHttpResult>> (Guid news, WordsToWrite body, NewsWords words, PublicAddress address, HttpContext http, CancellationToken ct) =>
                Answer(await words.Approve(IdeaNewsId.From(news), body.Text, address.Of(http), http.Actor(), ct)))
            .WithName("approveIdeaWords").WithSummary("Approve the text you read; people are told it in your name").RequireAuthorization("lead").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        ideas.MapDelete("/news/{news:guid}/approval", async Task<Results<NoContent, ProblemHttpResult>> (Guid news, NewsWords words, HttpContext http, CancellationToken ct) =>
                Answer(await words.Withdraw(IdeaNewsId.From(news), http.Actor(), ct)))
            .WithName("withdrawIdeaWords").WithSummary("Take an approval back").RequireAuthorization("lead").ProducesProblem(404);
    }

    private static Results<NoContent, ProblemHttpResult> Answer(Wording outcome) => outcome switch
    {
        Wording.Done => TypedResults.NoContent(),
        Wording.Invalid invalid => Problems.Invalid(invalid.Errors),
        Wording.NotAllowed => Problems.Refused("not-allowed", "Only a lead or an owner approves words.", StatusCodes.Status403Forbidden),
        Wording.ChangedMeanwhile => Problems.Refused("changed-meanwhile", "The text is no longer the one you read."),
        _ => Problems.Unknown("news"),
    };
}
