using Hearth.Platform;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Hearth.App.Hosting;

/// <summary>Logs, traces and metrics.</summary>
internal static class Watching
{
    /// <summary>One line an event on the error stream; as JSON when HEARTH_LOG is "json". HEARTH_LOG_LEVEL sets the least level (Information).</summary>
    public static void AddLogs(ILoggingBuilder logging)
    {
        var level = Enum.TryParse<LogEventLevel>(Environment.GetEnvironmentVariable("HEARTH_LOG_LEVEL"), ignoreCase: true, out var said) ? said : LogEventLevel.Information;
        var logs = new LoggerConfiguration().MinimumLevel.Is(level).Enrich.FromLogContext();
        foreach (var loud in (string[])["Microsoft", "System.Net.Http"]) logs = logs.MinimumLevel.Override(loud, level > LogEventLevel.Warning ? level : LogEventLevel.Warning);
        logs = logs.MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error); // that keys stand unencrypted in the database is in docs/operations.md
        logs = Environment.GetEnvironmentVariable("HEARTH_LOG") == "json"
            ? logs.WriteTo.Console(new JsonFormatter(renderMessage: true), standardErrorFromLevel: LogEventLevel.Verbose)
            : logs.WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        logging.ClearProviders().AddSerilog(logs.CreateLogger(), dispose: true);
    }

    /// <summary>Sends to OTEL_EXPORTER_OTLP_ENDPOINT; without it nothing is collected.</summary>
    public static void AddTelemetry(IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))) return;
        services.AddHostedService<Exporter>();
    }

    private sealed class Exporter : IHostedService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("hearth", serviceVersion: typeof(Watching).Assembly.GetName().Version?.ToString(3));
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Telemetry.Name, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql").AddOtlpExporter().Build();
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime", "Npgsql")
                .AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }
    }
}
