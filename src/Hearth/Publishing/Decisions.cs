namespace Hearth.Publishing;

/// <summary>What somebody did to a message after it was written.</summary>
public enum Decision
{
    /// <summary>It may be sent as it was written.</summary>
    Approved,

    /// <summary>It may be sent with another text.</summary>
    Changed,

    /// <summary>It is not sent.</summary>
    Rejected,

    /// <summary>Its text was changed while it stood.</summary>
    Edited,
}
