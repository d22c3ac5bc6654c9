using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Listening.Alerts;

internal static class AlertsModule
{
    public static IServiceCollection AddAlerts(this IServiceCollection services) => services
        .AddScoped<AlertRules>().AddScoped<Notices>()
        .AddSubscriber<MentionHeard, HearAlerts>("listening.alerts").AddSubscriber<SourceFailed, HearAlerts>("listening.alerts").AddSubscriber<SourceRecovered, HearAlerts>("listening.alerts")
        .AddSubscriber<MentionSpiked, HearAlerts>("listening.alerts")
        .AddRecurringJob<TellAlerts, TellAlertsRun>(TellAlertsRun.Every).AddJob<DeliverNotice, DeliverNoticeRun>(DeliverNoticeRun.MaxAttempts);
}
