using Hearth.Catalog;
using Hearth.Ideas;
using Hearth.Ideas.Words;

namespace Hearth.App.Public.Ideas;

/// <summary>An idea as it is being written: what the form of posting and of changing sends.</summary>
public sealed class IdeaInput
{
    public Guid Id { get; set; }

    public string? Title { get; set; }

    /// <summary>The idea that stands already, chosen instead of posting this one.</summary>
    public Guid? Chosen { get; set; }

    /// <summary>The title that was compared with the board: it is posted whatever is like it.</summary>
    public string? Compared { get; set; }

    public string? Category { get; set; }

    public string? What { get; set; }

    public string? ForWhom { get; set; }

    public string? Why { get; set; }

    /// <summary>Of an idea that came without the template, and of programs that know only one text.</summary>
    public string? Body { get; set; }

    public List<Guid>? Products { get; set; }

    /// <summary>Pictures brought so far.</summary>
    public List<Guid>? Images { get; set; }

    /// <summary>Pictures to be left out again.</summary>
    public List<Guid>? Without { get; set; }

    /// <summary>What the picture shows that comes with this request.</summary>
    public string? Alt { get; set; }

    /// <summary>The idea that it builds on.</summary>
    public Guid? On { get; set; }

    /// <summary>The archived idea that it posts anew.</summary>
    public Guid? Anew { get; set; }

    /// <summary>Of an idea that is changed: how often it had been when the form was opened.</summary>
    public int Edits { get; set; }

    /// <summary>preview or picture: shows the form again; anything else posts.</summary>
    public string? Step { get; set; }

    public bool OneText => What is null && Body is not null;

    public IEnumerable<Guid> Kept => (Images ?? []).Except(Without ?? []);

    public IdeaDraft Draft() => new(
        Title ?? "", Body ?? "", Category ?? "", OneText ? null : new(What ?? "", ForWhom ?? "", Why ?? ""), Products?.ConvertAll(p => new ProductId(p)) ?? [],
        [.. Kept.Select(i => new IdeaImageId(i))], On is { } on ? new IdeaId(on) : null, Anew is { } old ? new IdeaId(old) : null);

    public static IdeaInput Of(IdeaView idea) => new()
    {
        Id = idea.Line.Id.Value, Title = idea.Line.Title, Category = idea.Line.Category, What = idea.Words.Template?.What, ForWhom = idea.Words.Template?.ForWhom, Why = idea.Words.Template?.Why,
        Body = idea.Words.Template is null ? idea.Body : null, Products = [.. idea.Words.Products.Select(p => p.Id.Value)], Images = [.. idea.Words.Images.Select(i => i.Id.Value)], Edits = idea.Words.Edits,
    };
}
