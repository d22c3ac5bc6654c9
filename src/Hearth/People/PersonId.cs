using Hearth.Platform;

namespace Hearth.People;

public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId New() => new(Ids.New());

    public static PersonId From(Guid value) => new(value);
}
