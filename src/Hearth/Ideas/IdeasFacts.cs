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

public readonly record struct IdeaImageId(Guid Value) : IId<IdeaImageId>
{
    public static IdeaImageId New() => new(Ids.New());

    public static IdeaImageId From(Guid value) => new(value);
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
/// <param name="ReplyTo">The comment it answers; null when it speaks to the idea.</param>
public sealed record IdeaCommented(IdeaId Idea, IdeaCommentId Comment, UserId By, bool FromBrand, DateTimeOffset At, IdeaCommentId? ReplyTo = null) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>The author of an idea changed its words.</summary>
public sealed record IdeaEdited(IdeaId Idea, UserId By, int Version, string Title, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>The author of a comment changed its words.</summary>
public sealed record IdeaCommentEdited(IdeaId Idea, IdeaCommentId Comment, UserId By, int Version, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>The author of a comment took it back; its words are gone.</summary>
public sealed record IdeaCommentRemoved(IdeaId Idea, IdeaCommentId Comment, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>Somebody is named in a comment by @.</summary>
public sealed record IdeaPersonNamed(IdeaId Idea, IdeaCommentId Comment, UserId User, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>The brand put one of its answers above all comments, or took it down again (null).</summary>
public sealed record IdeaAnswerPinned(IdeaId Idea, IdeaCommentId? Comment, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>The brand moved an idea to another category.</summary>
public sealed record IdeaShelved(IdeaId Idea, string From, string To, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>Somebody of the brand sees to an answer from now on; null when nobody does any more.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Owner">Who.</param>
/// <param name="By">Who said so; null when the house did, because the idea waited too long.</param>
/// <param name="At">When.</param>
public sealed record IdeaOwned(IdeaId Idea, UserId? Owner, UserId? By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}
