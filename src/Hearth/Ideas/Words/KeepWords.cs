using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Words;

/// <summary>Checks and keeps what belongs to an idea's words: its text, its products, its pictures. Posting and editing use the same rules.</summary>
public sealed class KeepWords(Database db, Products products, TellAccount tell)
{
    public const int MaxProducts = 5;
    public const int MaxImages = 4;

    /// <summary>Everything that is wrong with a draft, each with its field.</summary>
    internal async Task<List<FieldError>> Check(IdeaDraft draft, CancellationToken ct)
    {
        var (title, body) = (draft.Title.Trim(), draft.Text);
        var errors = new List<FieldError>();
        if (title.Length is < 5 or > PostIdea.MaxTitle) errors.Add(new("title", $"must have 5 to {PostIdea.MaxTitle} characters"));
        if (title.Any(char.IsControl)) errors.Add(new("title", "must be one line"));
        if (draft.Template is { } template) errors.AddRange(template.Errors());
        else if (body.Length is < 10 or > PostIdea.MaxBody) errors.Add(new("body", $"must have 10 to {PostIdea.MaxBody:N0} characters"));
        if (title.Contains('\0') || body.Contains('\0')) errors.Add(new("body", "must not contain the character NUL"));
        if (!await db.IdeaCategories.AnyAsync(c => c.Slug == draft.Category, ct)) errors.Add(new("category", "is not a category of this board"));
        if (draft.Products is { Count: > 0 } picked)
        {
            var known = (await products.All(retired: true, ct)).Select(p => p.Id).ToHashSet();
            if (picked.Count > MaxProducts) errors.Add(new("products", $"must be at most {MaxProducts}"));
            if (picked.Any(p => !known.Contains(p))) errors.Add(new("products", "must be products of the catalogue"));
        }

        if (draft.Images is { Count: > MaxImages }) errors.Add(new("images", $"must be at most {MaxImages}"));
        if (draft.BuildsOn is { } on && !await db.Ideas.AnyAsync(i => i.Id == on && i.Standing != IdeaStanding.Removed, ct)) errors.Add(new("buildsOn", "is no idea of this board"));
        if (draft.AnewOf is { } old && !await db.ShownIdeas.AnyAsync(i => i.Id == old && i.Status == IdeaStatus.Archived, ct)) errors.Add(new("anewOf", "is no archived idea of this board"));
        return errors;
    }

    /// <summary>Tells whose idea is built on, in the caller's unit of work.</summary>
    internal async Task TellOfExtension(Actor author, IdeaId idea, IdeaDraft draft, CancellationToken ct)
    {
        if (draft.BuildsOn is not { } on) return;
        var builtOn = await db.Ideas.Where(i => i.Id == on).Select(i => new { i.Author, i.Title }).SingleAsync(ct);
        if (builtOn.Author != author.Id) await tell.To(builtOn.Author, IdeaNewsKind.Other, idea, $"{author.Name} built on your idea “{builtOn.Title}”: {draft.Title.Trim()}", ct, $"built:{idea.Value:N}");
    }

    /// <summary>Puts products and pictures beside the idea as the draft has them; pictures that somebody else brought are left alone. Runs in the caller's unit of work.</summary>
    internal async Task Keep(Actor author, IdeaId idea, IdeaDraft draft, CancellationToken ct)
    {
        await db.IdeaProducts.Where(p => p.Idea == idea).ExecuteDeleteAsync(ct);
        foreach (var product in (draft.Products ?? []).Distinct()) db.Add(new IdeaProduct { Idea = idea, Product = product });

        var wanted = (draft.Images ?? []).Distinct().ToList();
        await db.IdeaImages.Where(i => i.Idea == idea && !i.Down && !wanted.Contains(i.Id)).ExecuteDeleteAsync(ct);
        for (var place = 0; place < wanted.Count; place++)
        {
            var (image, at) = (wanted[place], place);
            await db.IdeaImages.Where(i => i.Id == image && i.Owner == author.Id && (i.Idea == null || i.Idea == idea))
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.Idea, (IdeaId?)idea).SetProperty(i => i.Place, at), ct);
        }
    }
}
