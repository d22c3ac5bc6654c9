using Hearth.Outlet;

namespace Hearth.Learning;

/// <summary>By what a touch came.</summary>
public enum TouchWay
{
    /// <summary>The offer's tracked link, from a page that the browser named.</summary>
    Referred,

    /// <summary>The offer's tracked link, and nothing says from where.</summary>
    Direct,

    /// <summary>A code, got on the offer's page.</summary>
    Code,

    /// <summary>Somebody's personal link.</summary>
    WordOfMouth,
}

internal static class TouchWays
{
    public static TouchWay Of(Touch touch) => touch.Kind == TouchKind.Code ? TouchWay.Code : touch.Generation > 0 ? TouchWay.WordOfMouth : touch.From.Length > 0 ? TouchWay.Referred : TouchWay.Direct;

    /// <summary>What the last non-direct model passes over: nothing says where the person came from.</summary>
    public static bool IsDirect(TouchWay way) => way is TouchWay.Direct or TouchWay.Code;
}
