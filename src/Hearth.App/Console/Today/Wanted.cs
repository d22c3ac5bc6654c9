namespace Hearth.App.Desk.Today;

/// <summary>Something that wants a person now.</summary>
/// <param name="Count">How many; only what is above zero is shown.</param>
/// <param name="Name">"conversations wait for us"; follows the number.</param>
/// <param name="Href">The rows behind the number.</param>
public sealed record Wanted(int Count, string Name, string Href);

/// <summary>Something a new house is asked to do.</summary>
/// <param name="Done">Whether it was done.</param>
/// <param name="Name">"Name the brand".</param>
/// <param name="Why">What it is good for, in a sentence.</param>
/// <param name="Href">Where it is done.</param>
public sealed record FirstStep(bool Done, string Name, string Why, string Href);
