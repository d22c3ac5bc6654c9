using Hearth.Catalog;
using Hearth.Platform;
using Hearth.Ideas.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Words;

/// <summary>What belongs to an idea's words besides its text.</summary>
/// <param name="Template">The three answers; null when the idea came without them.</param>
/// <param name="Edits">How often its author changed it; what it said before is open.</param>
/// <param name="EditedAt">When it was last changed; null for never.</param>
/// <param name="Products">What it is about.</param>
/// <param name="Images">Its pictures, in order.</param>
/// <param name="BuildsOn">The idea that it builds on; null for none.</param>
/// <param name="Extensions">Ideas that build on it, the best liked first, at most 20.</param>
/// <param name="BestAnswer">The comment that the brand put above all others; null for none.</param>
public sealed record IdeaWords(
    IdeaTemplate? Template, int Edits, DateTimeOffset? EditedAt, IReadOnlyList<IdeaProductView> Products, IReadOnlyList<IdeaImageView> Images, IdeaLink? BuildsOn,
    IReadOnlyList<IdeaLink> Extensions, IdeaCommentId? BestAnswer);

/// <summary>A product that can be picked, or was.</summary>
/// <param name="Id">The product.</param>
/// <param name="Name">As people know it.</param>
public sealed record IdeaProductView(ProductId Id, string Name);

/// <summary>A picture of an idea.</summary>
/// <param name="Id">The picture.</param>
/// <param name="Alt">What it shows, for those who do not see it.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Address">Where it is, a path of this server.</param>
public sealed record IdeaImageView(IdeaImageId Id, string Alt, int Width, int Height, string Address);

/// <summary>Another idea, to go to.</summary>
/// <param name="Id">The idea.</param>
/// <param name="Title">One line.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Points">10 for each promotion, minus 10 for each demotion.</param>
public sealed record IdeaLink(IdeaId Id, string Title, IdeaStatus Status, int Points);

/// <summary>Reads what belongs to an idea's words.</summary>
public sealed class ReadWords(Database db, Products products)
{
    private const int ExtensionsShown = 20;

    internal async Task<IdeaWords> Of(Idea idea, CancellationToken ct)
    {
        var picked = await db.IdeaProducts.Where(p => p.Idea == idea.Id).Select(p => p.Product).ToListAsync(ct);
        var about = new List<IdeaProductView>();
        foreach (var id in picked)
        {
            if (await products.Of(id, ct) is { } product) about.Add(new(id, product.Name));
        }

        var on = idea.BuildsOn is { } other
            ? await db.Ideas.Where(i => i.Id == other && i.Standing != IdeaStanding.Removed).Select(i => new IdeaLink(i.Id, i.Title, i.Status, i.Points)).SingleOrDefaultAsync(ct) : null;
        var extensions = await db.ShownIdeas.Where(i => i.BuildsOn == idea.Id).OrderByDescending(i => i.Points).ThenBy(i => i.Number).Take(ExtensionsShown)
            .Select(i => new IdeaLink(i.Id, i.Title, i.Status, i.Points)).ToListAsync(ct);
        var template = idea.What is null ? null : new IdeaTemplate(idea.What, idea.ForWhom ?? "", idea.Why ?? "");
        return new(template, idea.Edits, idea.EditedAt, [.. about.OrderBy(p => p.Name, StringComparer.Ordinal)], await Images(idea.Id, ct), on, extensions, idea.BestAnswer);
    }

    /// <summary>What an idea said before, latest first; empty when it was never changed.</summary>
    public async Task<IReadOnlyList<EarlierText>> Earlier(IdeaId idea, CancellationToken ct) =>
        await db.IdeaTexts.AsNoTracking().Where(t => t.Idea == idea && t.Comment == null).OrderByDescending(t => t.Version)
            .Select(t => new EarlierText(t.Version, t.Title, t.Body, t.At)).ToListAsync(ct);

    /// <summary>What an author can say that an idea is about: the catalogue's products, by name.</summary>
    public async Task<IReadOnlyList<IdeaProductView>> Choices(CancellationToken ct) => [.. (await products.All(retired: false, ct)).Select(p => new IdeaProductView(p.Id, p.Name))];

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/{idea:guid}/history", async (Guid idea, ReadWords read, CancellationToken ct) => TypedResults.Ok(await read.Earlier(new(idea), ct)))
            .AllowAnonymous().WithSummary("What an idea said before its author changed it, latest first");
        ideas.MapGet("/products", async (ReadWords read, CancellationToken ct) => TypedResults.Ok(await read.Choices(ct)))
            .AllowAnonymous().WithSummary("Products that an idea can be about, by name");
    }

    private async Task<IReadOnlyList<IdeaImageView>> Images(IdeaId idea, CancellationToken ct) =>
        await db.IdeaImages.Where(i => i.Idea == idea && !i.Down).OrderBy(i => i.Place).Select(i => new IdeaImageView(i.Id, i.Alt, i.Width, i.Height, "/ideas/images/" + i.Id.Value)).ToListAsync(ct);
}
