using System.Text;
using Hearth.Governance;
using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Filters under a name, for the whole team.</summary>
/// <param name="Slug">What its address ends in (<c>/listen/views/late-parcels</c>); stays when it is renamed.</param>
/// <param name="Name">For people.</param>
/// <param name="Filters">As an address carries them: <c>source=…&amp;by=week&amp;split=query</c>.</param>
/// <param name="By">Who saved it.</param>
/// <param name="At">When.</param>
public sealed record SavedView(string Slug, string Name, string Filters, string By, DateTimeOffset At);

/// <summary>A view to save.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Filters">Parameters of the list, and by, split and compare of the chart, as an address carries them; others are left out.</param>
public sealed record ViewDraft(string? Name, string? Filters);

/// <summary>What became of a view.</summary>
public abstract record KeptView
{
    private KeptView() { }

    public sealed record Done(SavedView View) : KeptView;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptView;

    public sealed record Unknown : KeptView;
}

/// <summary>Saves, renames, lists and deletes views.</summary>
public sealed class SavedViews(Database db, TimeProvider clock)
{
    private static readonly string[] Kept = [.. MentionFilter.Names, "by", "split", "compare", "zone"];

    public async Task<IReadOnlyList<SavedView>> All(CancellationToken ct) =>
        await db.Set<SavedViewRow>().AsNoTracking().OrderBy(v => v.Name).ThenBy(v => v.Slug).Select(v => new SavedView(v.Slug, v.Name, v.Filters, v.ByName, v.At)).ToListAsync(ct);

    public async Task<SavedView?> Of(string slug, CancellationToken ct) =>
        await db.Set<SavedViewRow>().AsNoTracking().Where(v => v.Slug == slug).Select(v => new SavedView(v.Slug, v.Name, v.Filters, v.ByName, v.At)).SingleOrDefaultAsync(ct);

    public async Task<KeptView> Add(Actor by, ViewDraft draft, CancellationToken ct)
    {
        var (name, filters, errors) = Check(draft);
        if (errors.Count > 0) return new KeptView.Invalid(errors);
        var wanted = SlugOf(name);
        for (var n = 1; ; n++)
        {
            var slug = n == 1 ? wanted : $"{wanted}-{n}";
            if (await db.Set<SavedViewRow>().AnyAsync(v => v.Slug == slug, ct)) continue;
            var row = new SavedViewRow { Id = Ids.New(), Slug = slug, Name = name, Filters = filters, By = by.Id, ByName = by.Name, At = clock.Now() };
            db.Add(row);
            try
            {
                await db.SaveChangesAsync(ct);
                return new KeptView.Done(new(slug, name, filters, by.Name, row.At));
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey())
            {
                db.ChangeTracker.Clear(); // another took the same address at the same moment
            }
        }
    }

    /// <summary>Renames it, or gives it other filters; what is null stays.</summary>
    public async Task<KeptView> Change(string slug, ViewDraft draft, CancellationToken ct)
    {
        if (await db.Set<SavedViewRow>().SingleOrDefaultAsync(v => v.Slug == slug, ct) is not { } row) return new KeptView.Unknown();
        var (name, filters, errors) = Check(new(draft.Name ?? row.Name, draft.Filters ?? row.Filters));
        if (errors.Count > 0) return new KeptView.Invalid(errors);
        (row.Name, row.Filters) = (name, filters);
        await db.SaveChangesAsync(ct);
        return new KeptView.Done(new(slug, name, filters, row.ByName, row.At));
    }

    public async Task<bool> Remove(string slug, CancellationToken ct) => await db.Set<SavedViewRow>().Where(v => v.Slug == slug).ExecuteDeleteAsync(ct) == 1;

    private static (string Name, string Filters, List<FieldError> Errors) Check(ViewDraft draft)
    {
        var errors = new List<FieldError>();
        var name = (draft.Name ?? "").Trim();
        if (name.Length is 0 or > 100) errors.Add(new("name", "must have 1 to 100 characters"));
        var given = draft.Filters ?? "";
        if (given.Length > 4_000) errors.Add(new("filters", "must have at most 4,000 characters"));
        var read = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(given.Length > 4_000 ? "" : given);
        var wrong = new List<FieldError>();
        MentionFilter.Read(field => read.TryGetValue(field, out var value) ? (string?)value : null, wrong);
        errors.AddRange(wrong.Select(e => new FieldError("filters", $"{e.Field} {e.Reason}")));
        var filters = QueryString.Create(Kept.Where(k => !string.IsNullOrWhiteSpace(read.GetValueOrDefault(k))).Select(k => KeyValuePair.Create(k, (string?)read[k]))).Value!.TrimStart('?');
        return (name, filters, errors);
    }

    private static string SlugOf(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in Tokens.Fold(name))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        var made = slug.ToString().Trim('-');
        return made.Length == 0 ? "view" : made.Length > 60 ? made[..60].Trim('-') : made;
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/mentions/views").WithTags("Listening");
        views.MapGet("/", async Task<Ok<IReadOnlyList<SavedView>>> (SavedViews saved, CancellationToken ct) => TypedResults.Ok(await saved.All(ct)))
            .WithName("listViews").WithSummary("Saved views by name").RequireAuthorization("read");
        views.MapPost("/", async Task<Results<Created<SavedView>, ProblemHttpResult>> (ViewDraft body, SavedViews saved, HttpContext http, CancellationToken ct) =>
                await saved.Add(http.Actor(), body, ct) switch
                {
                    KeptView.Done done => TypedResults.Created($"/api/v1/mentions/views/{done.View.Slug}", done.View),
                    KeptView.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("view"),
                })
            .WithName("addView").WithSummary("Save filters under a name").RequireAuthorization("write");
        views.MapGet("/{slug}", async Task<Results<Ok<SavedView>, ProblemHttpResult>> (string slug, SavedViews saved, CancellationToken ct) =>
                await saved.Of(slug, ct) is { } view ? TypedResults.Ok(view) : Problems.Unknown("view"))
            .WithName("getView").WithSummary("One saved view").RequireAuthorization("read");
        views.MapPatch("/{slug}", async Task<Results<Ok<SavedView>, ProblemHttpResult>> (string slug, ViewDraft body, SavedViews saved, CancellationToken ct) =>
                await saved.Change(slug, body, ct) switch
                {
                    KeptView.Done done => TypedResults.Ok(done.View),
                    KeptView.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("view"),
                })
            .WithName("changeView").WithSummary("Rename a view or give it other filters; its address stays").RequireAuthorization("write");
        views.MapDelete("/{slug}", async Task<Results<NoContent, ProblemHttpResult>> (string slug, SavedViews saved, CancellationToken ct) =>
                await saved.Remove(slug, ct) ? TypedResults.NoContent() : Problems.Unknown("view"))
            .WithName("removeView").WithSummary("Delete a view; the mentions stay").RequireAuthorization("write");
    }
}
