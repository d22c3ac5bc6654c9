using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Understanding.Models;

/// <summary>What became of a model.</summary>
public enum ModelState
{
    /// <summary>It reads what comes in.</summary>
    Current,

    /// <summary>It did, or could: going back to it is one step.</summary>
    Former,

    /// <summary>It read the held-out part no better than what was there, and was never used.</summary>
    Refused,
}

/// <summary>A model as it was learned. Its bytes never change; at most one of a task is current.</summary>
internal sealed class ModelRow
{
    /// <summary>From 1, over all tasks.</summary>
    public required int Version { get; init; }

    public required ModelTask Task { get; init; }

    public required ModelState State { get; set; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who had it learned: a person, "hearth train" or "what people said".</summary>
    public required string By { get; init; }

    /// <summary>Posts learned from, held-out ones included.</summary>
    public required int Trained { get; init; }

    /// <summary>How it read the held-out part, before it learned from that too: <see cref="ModelAccuracy"/> as JSON.</summary>
    public required string Measured { get; init; }

    /// <summary>How what was there before it read the same part.</summary>
    public required string Before { get; init; }

    public required byte[] Data { get; init; }
}

/// <summary>A person looked at a mention and left what was read of it as it was: its reading is right, as far as anybody says.</summary>
internal sealed class ConfirmedRow
{
    public required MentionId Mention { get; init; }

    /// <summary>What a person said was right; none when a conversation with it was handled and nobody corrected it.</summary>
    public required Corrected Said { get; set; }

    public required DateTimeOffset At { get; set; }

    public UserId? By { get; set; }
}

internal static class ModelSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<ModelRow>(e =>
        {
            e.ToTable("listening_models");
            e.HasKey(m => m.Version);
            e.Property(m => m.Version).ValueGeneratedNever();
            e.HasIndex(m => new { m.State, m.Task });
        });
        model.Entity<ConfirmedRow>(e =>
        {
            e.ToTable("listening_confirmed");
            e.HasKey(c => c.Mention);
            e.HasIndex(c => c.At);
        });
    }
}
