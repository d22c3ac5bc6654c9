using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Ideas.Likeness;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Words;

/// <summary>What became of a change to an idea.</summary>
public abstract record EditedIdea
{
    private EditedIdea() { }

    /// <param name="Idea">The idea.</param>
    /// <param name="Edits">How often it was changed.</param>
    public sealed record Stands(IdeaId Idea, int Edits) : EditedIdea;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : EditedIdea;

    /// <summary>It was changed since the caller looked; look again.</summary>
    public sealed record EditedMeanwhile(int Edits) : EditedIdea;

    /// <summary>It is done, offered already, archived or merged: what people voted for stays as they read it.</summary>
    public sealed record Resting(IdeaStatus Status) : EditedIdea;

    /// <summary>Somebody else's idea.</summary>
    public sealed record NotYours : EditedIdea;

    public sealed record UnknownIdea : EditedIdea;
}

/// <summary>Changes one's own idea while it takes votes. What it said before stays open to everybody: people voted for those words.</summary>
public sealed class EditIdea(Database db, KeepWords words, TimeProvider clock)
{
    /// <summary>Puts other words in its place.</summary>
    /// <param name="author">Whose idea it is.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="seen">How often it had been changed when the author read it; another number is refused.</param>
    /// <param name="draft">The idea as it shall be; what it builds on stays as it is.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<EditedIdea> To(Actor author, IdeaId idea, int seen, IdeaDraft draft, CancellationToken ct) => db.InTransaction<EditedIdea>(async () =>
    {
        if (await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea && i.Standing != IdeaStanding.Removed, ct) is not { } was) return new EditedIdea.UnknownIdea();
        if (was.Author != author.Id) return new EditedIdea.NotYours();
        if (!was.Status.TakesVotes() || was.Standing != IdeaStanding.Shown) return new EditedIdea.Resting(was.Status);
        var errors = await words.Check(draft with { BuildsOn = null, AnewOf = null }, ct);
        if (errors.Count > 0) return new EditedIdea.Invalid(errors);

        var (now, title, body) = (clock.Now(), draft.Title.Trim(), draft.Text);
        var (what, whom, why) = (draft.Template?.What.Trim(), draft.Template?.ForWhom.Trim(), draft.Template?.Why.Trim());
        var said = was.Title != title || was.Body != body;
        var count = said ? was.Edits + 1 : was.Edits;
        var changed = await db.Ideas.Where(i => i.Id == idea && i.Edits == seen).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Title, title).SetProperty(i => i.Body, body).SetProperty(i => i.Category, draft.Category)
                .SetProperty(i => i.What, what).SetProperty(i => i.ForWhom, whom).SetProperty(i => i.Why, why)
                .SetProperty(i => i.Edits, count).SetProperty(i => i.EditedAt, i => said ? now : i.EditedAt), ct);
        if (changed == 0) return new EditedIdea.EditedMeanwhile(was.Edits);

        await words.Keep(author, idea, draft, ct);
        if (said)
        {
            db.Add(new IdeaText { Idea = idea, Comment = null, Version = was.Edits, Title = was.Title, Body = was.Body, At = was.EditedAt ?? was.At });
            db.Record(new IdeaEdited(idea, author.Id, count, title, now));
        }

        await db.SaveChangesAsync(ct);
        await db.Index(idea, ct);
        return new EditedIdea.Stands(idea, count);
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPut("/{idea:guid}",
        async Task<Results<Ok<EditedIdea.Stands>, ProblemHttpResult>> (Guid idea, EditBody body, HttpContext http, EditIdea edit, CancellationToken ct) =>
            await edit.To(http.Actor(), new(idea), body.Edits, body.Draft(), ct) switch
            {
                EditedIdea.Stands stands => TypedResults.Ok(stands),
                EditedIdea.Invalid invalid => Problems.Invalid(invalid.Errors),
                EditedIdea.EditedMeanwhile => Problems.Refused("edited-meanwhile", "The idea was changed since; look again."),
                EditedIdea.Resting resting => Problems.Refused("words-rest", $"The idea is {resting.Status.Words().ToLowerInvariant()}; what people voted for stays as they read it."),
                EditedIdea.NotYours => Problems.Refused("not-yours", "Only its author changes an idea.", StatusCodes.Status403Forbidden),
                _ => Problems.Unknown("idea"),
            })
        .RequireAuthorization("community").WithSummary("Change one's own idea; what it said before stays open")
        .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    /// <summary>An idea as it shall be.</summary>
    /// <param name="Edits">How often it had been changed when it was read.</param>
    /// <param name="Title">5 to 120 characters, one line.</param>
    /// <param name="Body">Markdown without HTML, 10 to 10,000 characters; left out when the template is filled in.</param>
    /// <param name="Category">The slug of a category.</param>
    /// <param name="Template">What, for whom and why; the body is made of them.</param>
    /// <param name="Products">Ids of products of the catalogue, at most 5.</param>
    /// <param name="Images">Ids of its pictures, those it has and new ones, at most 4.</param>
    internal sealed record EditBody(
        int Edits, string Title, string? Body, string Category, IdeaTemplate? Template = null, IReadOnlyList<Guid>? Products = null, IReadOnlyList<Guid>? Images = null)
    {
        public IdeaDraft Draft() => new(Title, Body ?? "", Category, Template, Products?.Select(p => new ProductId(p)).ToList(), Images?.Select(i => new IdeaImageId(i)).ToList());
    }
}
