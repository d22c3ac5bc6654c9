using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Ideas;

public readonly record struct IdeaId(Guid Value) : IId<IdeaId>
{
    public static IdeaId New() => new(Ids.New());

    public static IdeaId From(Guid value) => new(value);
}

public readonly record struct IdeaCommentId(Guid Value) : IId<IdeaCommentId>
{
    public static IdeaCommentId New() => new(Ids.New());

    public static IdeaCommentId From(Guid value) => new(value);
}

/// <summary>An idea stands on the board.</summary>
public sealed record IdeaPosted(IdeaId Idea, UserId Author, string Title, string Category, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>The brand said what becomes of an idea.</summary>
public sealed record IdeaMoved(IdeaId Idea, IdeaStatus From, IdeaStatus To, string Reason, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>An account changed its vote.</summary>
public sealed record IdeaVoted(IdeaId Idea, UserId By, Stance Before, Stance Now, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>Somebody spoke below an idea.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Comment">The comment.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="FromBrand">True when the writer belongs to the brand's staff.</param>
/// <param name="At">When it was written.</param>
public sealed record IdeaCommented(IdeaId Idea, IdeaCommentId Comment, UserId By, bool FromBrand, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}
