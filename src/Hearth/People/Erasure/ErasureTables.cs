using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Erasure;

/// <summary>A person's wish to be forgotten, and what was done about it.</summary>
public readonly record struct ErasureId(Guid Value) : IId<ErasureId>
{
    public static ErasureId New() => new(Ids.New());

    public static ErasureId From(Guid value) => new(value);

    /// <summary>In the order of their making; translated to SQL, so that a list can be walked by it.</summary>
    public static bool operator <(ErasureId left, ErasureId right) => left.Value < right.Value;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >(ErasureId left, ErasureId right) => left.Value > right.Value;
}

/// <summary>An erasure and its report. When it is done nothing in it leads to the person.</summary>
internal sealed class ErasureRow
{
    public required ErasureId Id { get; init; }

    /// <summary>Ids that lead to nobody once it is done; JSON.</summary>
    public required string Persons { get; init; }

    /// <summary>The accounts, while it is being done; null after. JSON.</summary>
    public string? Accounts { get; set; }

    public required bool KeepOut { get; init; }

    /// <summary>On what ground: a ticket's number, the article. Not the person's name.</summary>
    public required string Why { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>JSON of <see cref="ErasedRoom"/>: which rooms are done, with what they found.</summary>
    public required string Report { get; set; }
}

/// <summary>An account that was erased, as a salted hash: enough to keep its old posts out, too little to find it by.</summary>
internal sealed class ErasedAccountRow
{
    /// <summary>HMAC-SHA-256 of network and id, 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset At { get; set; }

    /// <summary>True: what it writes from now on is kept out too.</summary>
    public required bool KeepOut { get; set; }
}

/// <summary>The salt of the hashes, itself encrypted: a copy of the database alone cannot try accounts out.</summary>
internal sealed class ErasureSaltRow
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public required string Salt { get; init; }
}

internal static class ErasureSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<ErasureRow>(e =>
        {
            e.ToTable("people_erasures");
            e.HasIndex(r => r.DoneAt);
        });
        model.Entity<ErasedAccountRow>(e =>
        {
            e.ToTable("people_erased_accounts");
            e.HasKey(a => a.Hash);
        });
        model.Entity<ErasureSaltRow>(e =>
        {
            e.ToTable("people_erasure_salt");
            e.Property(s => s.Id).ValueGeneratedNever();
        });
    }
}
