using System.Security.Cryptography;
using System.Text;

namespace Hearth.Platform;

/// <summary>
/// Something that happened, told in the past tense by the room it happened in. Recorded with <see cref="Database.Record"/> in the
/// transaction that made it true, then handed to every subscriber: in order per subject, and to each subscriber's effect once.
/// </summary>
public interface IFact
{
    /// <summary>What it happened to ("conversation:0198..."). Facts of one subject are handled in the order they were committed.</summary>
    string Subject { get; }
}

/// <summary>Handles one kind of fact.</summary>
/// <remarks>
/// Runs inside a transaction of the scoped <see cref="Database"/> that also moves the subscriber's cursor: either both are kept or neither,
/// so what a handler writes through that database is written once. It must not commit, and must not call the outside; to reach
/// the outside it enqueues a job.
/// </remarks>
public interface IHandle<in TFact> where TFact : IFact
{
    Task Handle(TFact fact, CancellationToken ct);
}

/// <summary>
/// For a handler that does many facts for little more than one: facts that it handles and that follow one another are given to it in one call, in their order, and not to <see cref="IHandle{TFact}"/>.
/// When the call fails they are tried again one by one, so that only the failing fact waits.
/// </summary>
public interface IHandleTogether
{
    /// <param name="facts">One or more, of any type that the class handles.</param>
    /// <param name="ct">Stops the work; the batch is rolled back.</param>
    Task Handle(IReadOnlyList<IFact> facts, CancellationToken ct);
}

/// <summary>A recorded fact: the row behind timelines and dispatch.</summary>
public sealed class FactRow
{
    /// <summary>Rises with every commit inside a partition; gaps are normal.</summary>
    public long Position { get; private set; }

    public required Guid Id { get; init; }

    public required int Partition { get; init; }

    public required string Subject { get; init; }

    public required string Type { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>All facts of a subject share a partition; within one, commits are one after the other.</summary>
    internal const int Partitions = 16;

    internal static int PartitionOf(string subject) => SHA256.HashData(Encoding.UTF8.GetBytes(subject))[0] % Partitions;

    internal static string TypeName(Type type) => type.FullName!["Hearth.".Length..];
}

/// <summary>How far one subscriber has come in one partition.</summary>
internal sealed class FactCursor
{
    public required string Subscriber { get; init; }

    public required int Partition { get; init; }

    public long Position { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? RetryAt { get; set; }

    public string? Error { get; set; }
}

/// <summary>A fact that a subscriber failed on too often, set aside with all later ones of its subject until somebody retries them.</summary>
internal sealed class ParkedFact
{
    public required string Subscriber { get; init; }

    public required long Position { get; init; }

    public required string Subject { get; init; }

    public required string Error { get; init; }

    public required DateTimeOffset At { get; init; }
}
