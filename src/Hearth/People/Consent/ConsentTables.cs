using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Consent;

/// <summary>What somebody agreed to (GDPR article 6(1)(a): for each purpose by itself).</summary>
public enum ConsentPurpose
{
    /// <summary>To be told of what they spoke about: a fault that was mended, an idea that was carried out. Allowed until they say no.</summary>
    Service,

    /// <summary>To be told of offers. Allowed only once they said yes.</summary>
    Marketing,

    /// <summary>To be asked in studies. Allowed only once they said yes.</summary>
    Research,

    /// <summary>To have what they said on several networks put together. Allowed only once they said yes.</summary>
    Profile,
}

/// <summary>How somebody said yes or no.</summary>
public enum ConsentHow
{
    /// <summary>They ticked a box or pressed a button.</summary>
    Form,

    /// <summary>They wrote it to us.</summary>
    Message,

    /// <summary>They said it on the telephone or at a counter.</summary>
    Spoken,

    /// <summary>On paper, signed.</summary>
    Paper,

    /// <summary>Another system of the house says so.</summary>
    Import,

    /// <summary>By the page that takes it back, which everybody gets.</summary>
    OwnPage,
}

/// <summary>One yes or no. Never changed: what holds is the latest.</summary>
internal sealed class ConsentRow
{
    public long Number { get; init; }

    public required PersonId PersonId { get; init; }

    public required ConsentPurpose Purpose { get; init; }

    /// <summary>A network's name, or <see cref="Consents.Any"/>.</summary>
    public required string Channel { get; init; }

    public required bool Given { get; init; }

    public required ConsentHow How { get; init; }

    /// <summary>The words they agreed to, as they stood then.</summary>
    public required string Text { get; init; }

    /// <summary>Where that can be seen: an address, the number of a form.</summary>
    public string? Proof { get; init; }

    /// <summary>When they said it.</summary>
    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset NotedAt { get; init; }
}

internal static class ConsentSchema
{
    public static void Build(ModelBuilder model) => model.Entity<ConsentRow>(e =>
    {
        e.ToTable("people_consents");
        e.HasKey(c => c.Number);
        e.Property(c => c.Number).ValueGeneratedOnAdd();
        e.Property(c => c.Purpose).HasConversion<string>();
        e.Property(c => c.How).HasConversion<string>();
        e.HasIndex(c => new { c.PersonId, c.Purpose, c.Channel });
    });
}
