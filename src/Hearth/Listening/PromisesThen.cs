using Hearth.Catalog;

namespace Hearth.Listening;

/// <summary>What the brand had promised at some moment.</summary>
internal sealed class PromisesThen(IReadOnlyList<PromiseView> all, DateTimeOffset at)
{
    public static readonly PromisesThen None = new([], default);

    /// <summary>The promise that is broken when an attribute falls short: the one about this product, else the one about all; of several the latest.</summary>
    /// <returns>Null when nothing was promised of it then.</returns>
    public PromiseId? Of(string attribute, ProductId? product)
    {
        PromiseView? best = null;
        foreach (var promise in all)
        {
            if (promise.Attribute != attribute || promise.Product is { } about && about != product || promise.From > at || promise.Until <= at) continue;
            if (best is null || promise.Product is not null && best.Product is null) best = promise;
        }

        return best?.Id;
    }
}
