namespace Hearth.Listening.Queries;

/// <summary>What reading an expression gave.</summary>
public abstract record Parsed
{
    private Parsed() { }

    public sealed record Ok(Query Query) : Parsed;

    /// <summary>It cannot be read.</summary>
    /// <param name="Position">The UTF-16 character at fault, from 0; the expression's length when something is missing at its end.</param>
    /// <param name="Reason">What is wrong.</param>
    /// <param name="Hint">What would be right.</param>
    public sealed record Wrong(int Position, string Reason, string Hint) : Parsed
    {
        /// <summary>For a person, in one sentence; characters are counted from 1.</summary>
        public string Sentence => $"at character {Position + 1}: {Reason}; {Hint}";
    }
}

/// <summary>Whose spelling an expression is written in.</summary>
public enum Dialect
{
    Hearth,

    /// <summary>Queries of Brandwatch Consumer Research.</summary>
    Brandwatch,

    /// <summary>Rules of X's filtered stream and search.</summary>
    X,
}

/// <summary>Leaves the reader at the first fault; never leaves <see cref="ParseQuery"/>.</summary>
internal sealed class WrongException(int position, string reason, string hint) : Exception(reason)
{
    public Parsed.Wrong Wrong { get; } = new(position, reason, hint);
}
