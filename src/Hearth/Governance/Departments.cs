namespace Hearth.Governance;

public static class Departments
{
    /// <summary>How a person writes the department's name ("Public relations", "IT").</summary>
    public static string Title(this Department department) => department switch
    {
        Department.PublicRelations => "Public relations",
        Department.It => "IT",
        _ => department.ToString(),
    };
}
