namespace Hearth.Outlet.Audiences;

/// <summary>Who may claim an offer.</summary>
public enum Audience
{
    Everyone,

    /// <summary>Those who get the outlet's digest, or a part of them, by the link in their letter.</summary>
    Subscribers,
}
