using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Hearth.Platform;

/// <summary>The names under which Hearth's traces and metrics are found by OpenTelemetry.</summary>
public static class Telemetry
{
    public const string Name = "Hearth";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    internal static Counter<long> FactsHandled { get; } = Meter.CreateCounter<long>("hearth.facts.handled", "{fact}", "Facts handed to a subscriber");

    internal static Counter<long> JobsRun { get; } = Meter.CreateCounter<long>("hearth.jobs.run", "{job}", "Jobs run, by kind and outcome");
}
