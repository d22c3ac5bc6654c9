using Hearth.Channels;
using Hearth.Governance;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Digests;

/// <summary>How often the digest comes.</summary>
public enum DigestRhythm
{
    Daily,
    Weekly,
}

/// <summary>Names an ask for the digest; known to nobody but who reads the letter about it.</summary>
public readonly record struct DigestAskId(Guid Value) : IId<DigestAskId>
{
    public static DigestAskId New() => new(Guid.NewGuid()); // no time in it: it is a key to confirm by

    public static DigestAskId From(Guid value) => new(value);
}

/// <summary>What the house decided about its digest. One row; none while there is no digest.</summary>
internal sealed class DigestSettingsRow
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>The connected mailbox it comes from and is answered to.</summary>
    public required ChannelAccountId Mailbox { get; set; }

    /// <summary>Who answers.</summary>
    public required UserId Human { get; set; }

    /// <summary>IANA name.</summary>
    public required string Zone { get; set; }

    /// <summary>0 to 23, in that zone.</summary>
    public required int Hour { get; set; }

    public bool Paused { get; set; }

    /// <summary>Our address as people reach it, for links.</summary>
    public required string Site { get; set; }

    public required DateTimeOffset At { get; set; }
}

/// <summary>Somebody asked for the digest under an address that may not be theirs. Forgotten when its time is over.</summary>
internal sealed class DigestAsk
{
    public required DigestAskId Id { get; init; }

    /// <summary>An e-mail address in lower case.</summary>
    public required string Contact { get; init; }

    public required DigestRhythm Every { get; init; }

    public required DayOfWeek Weekday { get; init; }

    /// <summary>Null for all.</summary>
    public Condition? Condition { get; init; }

    /// <summary>The words that they agreed to.</summary>
    public required string Words { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>When the first of this address in a row was, and how many letters went there since: see <see cref="AskDigest.MostLetters"/>.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    public required int Letters { get; init; }
}

/// <summary>Somebody who gets the digest, or did. After the end the address is gone; the person stays, with the proof of what they agreed to.</summary>
internal sealed class DigestSubscriber
{
    public required Guid Id { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>An e-mail address in lower case; null after the end.</summary>
    public string? Contact { get; set; }

    public required DigestRhythm Every { get; set; }

    public required DayOfWeek Weekday { get; set; }

    public Condition? Condition { get; set; }

    /// <summary>The secret that every letter carries, to end it by.</summary>
    public required string EndToken { get; init; }

    /// <summary>The ask that was confirmed last.</summary>
    public required DigestAskId ConfirmedWith { get; set; }

    public required DateTimeOffset ConfirmedAt { get; set; }

    /// <summary>Since when they get it without an end between.</summary>
    public required DateTimeOffset SubscribedAt { get; set; }

    /// <summary>The day of the next one, in the house's zone.</summary>
    public required DateOnly NextDay { get; set; }

    /// <summary>What opened after this is new to them.</summary>
    public required DateTimeOffset Since { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it ended, for the desk.</summary>
    public DigestEnd? Why { get; set; }
}

/// <summary>Why somebody gets the digest no more.</summary>
public enum DigestEnd
{
    /// <summary>They unsubscribed.</summary>
    Unsubscribed,

    /// <summary>Their mailbox is not there.</summary>
    Bounced,

    /// <summary>They took back what they agreed to elsewhere.</summary>
    ConsentGone,
}

/// <summary>The digest of a day.</summary>
internal sealed class DigestIssue
{
    public int Number { get; init; }

    public required DateOnly Day { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>One letter: a subscriber gets one of an issue at most.</summary>
internal sealed class DigestLetter
{
    /// <summary>Its Message-ID begins with this.</summary>
    public required Guid Id { get; init; }

    public required int Issue { get; init; }

    public required Guid Subscriber { get; init; }

    /// <summary>Offers are new in it that opened after this,</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>and until this.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When the mail server took it.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Why it did not go.</summary>
    public string? Error { get; set; }

    /// <summary>True when it came back for good, or the mail server refused the mailbox.</summary>
    public bool Bounced { get; set; }
}

internal static class DigestSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<DigestSettingsRow>(e =>
        {
            e.ToTable("outlet_digest_settings");
            e.Property(s => s.Id).ValueGeneratedNever();
        });
        model.Entity<DigestAsk>(e =>
        {
            e.ToTable("outlet_digest_asks");
            e.HasIndex(a => a.Contact).IsUnique();
            e.HasIndex(a => a.Until);
        });
        model.Entity<DigestSubscriber>(e =>
        {
            e.ToTable("outlet_digest_subscribers");
            e.HasIndex(s => s.Person).IsUnique();
            e.HasIndex(s => s.EndToken).IsUnique();
            e.HasIndex(s => s.Contact).IsUnique();
            e.HasIndex(s => s.ConfirmedWith);
            e.HasIndex(s => new { s.NextDay, s.Id }).HasFilter("ended_at IS NULL");
        });
        model.Entity<DigestIssue>(e =>
        {
            e.ToTable("outlet_digest_issues");
            e.HasKey(i => i.Number);
            e.Property(i => i.Number).ValueGeneratedOnAdd();
            e.HasIndex(i => i.Day).IsUnique();
        });
        model.Entity<DigestLetter>(e =>
        {
            e.ToTable("outlet_digest_letters");
            e.HasIndex(l => new { l.Issue, l.Subscriber }).IsUnique();
            e.HasIndex(l => new { l.Subscriber, l.SentAt });
            e.HasOne<DigestSubscriber>().WithMany().HasForeignKey(l => l.Subscriber).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
