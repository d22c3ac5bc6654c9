namespace Hearth.App.Shared;

/// <summary>A chart's data for those who do not see it.</summary>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Each with a text per column.</param>
/// <param name="Links">For each row the address of what is behind it, if its first text is to lead there.</param>
public sealed record ChartTable(IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<string>> Rows, IReadOnlyList<string>? Links = null);
