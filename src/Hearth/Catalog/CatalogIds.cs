using Hearth.Platform;

namespace Hearth.Catalog;

public readonly record struct ProductId(Guid Value) : IId<ProductId>
{
    public static ProductId New() => new(Ids.New());

    public static ProductId From(Guid value) => new(value);
}

public readonly record struct PromiseId(Guid Value) : IId<PromiseId>
{
    public static PromiseId New() => new(Ids.New());

    public static PromiseId From(Guid value) => new(value);
}
