namespace Hearth.App.Desk.Today;

/// <summary>Something that wants a person now.</summary>
/// <param name="Count">How many; only what is above zero is shown.</param>
/// <param name="Name">"conversations wait for us"; follows the number.</param>
/// <param name="Href">The rows behind the number.</param>
public sealed record Wanted(int Count, string Name, string Href);
