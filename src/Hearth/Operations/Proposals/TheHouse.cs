using Hearth.Governance;

namespace Hearth.Operations.Proposals;

/// <summary>Who acts when no person does.</summary>
internal static class TheHouse
{
    public static readonly Actor Actor = new(UserId.From(new Guid("01900000-0000-7000-8000-486561727468")), "Hearth", "H", null, Role.Viewer);
}
