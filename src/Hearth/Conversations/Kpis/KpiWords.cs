using System.Globalization;
using Hearth.Channels;
using Hearth.Governance;

namespace Hearth.Conversations.Kpis;

internal static class KpiWords
{
    public static string Of(DateTimeOffset at, KpiBy by, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(by == KpiBy.Hour ? "d MMM HH:mm" : "ddd d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Of(string key, KpiBy by) => by switch
    {
        KpiBy.Channel => Networks.Title(key),
        KpiBy.Department => Enum.Parse<Department>(key).Title(),
        KpiBy.Person => "Somebody who left",
        _ => key,
    };
}
