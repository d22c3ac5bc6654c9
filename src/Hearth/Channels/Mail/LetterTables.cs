using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.Mail;

public readonly record struct LetterFileId(Guid Value) : IId<LetterFileId>
{
    public static LetterFileId New() => new(Ids.New());

    public static LetterFileId From(Guid value) => new(value);
}

/// <summary>A letter that came or went: what answers need of it. The words that its author wrote stand with the room that heard them.</summary>
internal sealed class LetterRow
{
    public long Number { get; init; }

    /// <summary>With its angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>The Message-ID of the letter that began the thread.</summary>
    public required string Thread { get; init; }

    /// <summary>True for one that the brand sent.</summary>
    public required bool IsOurs { get; init; }

    public required LetterKind Kind { get; init; }

    /// <summary>Who wrote it; of ours, to whom it went.</summary>
    public required string Address { get; set; }

    public string? Name { get; set; }

    public string? ReplyTo { get; set; }

    public required string Subject { get; set; }

    /// <summary>Message-IDs before it, a space between.</summary>
    public required string References { get; set; }

    /// <summary>Signature and quoted letters.</summary>
    public string? Folded { get; set; }

    public string? Checks { get; set; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class LetterFileRow
{
    public required LetterFileId Id { get; init; }

    public required string MessageId { get; init; }

    public required string Name { get; set; }

    public required string MediaType { get; init; }

    public required long Size { get; init; }

    /// <summary>Null when it was too large to be kept.</summary>
    public byte[]? Content { get; set; }
}

internal static class LetterSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<LetterRow>(e =>
        {
            e.ToTable("channels_letters");
            e.HasKey(l => l.Number);
            e.Property(l => l.Number).ValueGeneratedOnAdd();
            e.Property(l => l.Kind).HasConversion<string>();
            e.HasIndex(l => l.MessageId).IsUnique();
            e.HasIndex(l => l.Address);
            e.HasIndex(l => new { l.Thread, l.Number });
        });
        model.Entity<LetterFileRow>(e =>
        {
            e.ToTable("channels_letter_files");
            e.HasIndex(f => f.MessageId);
        });
    }
}
