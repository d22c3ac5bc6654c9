using System.Text;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Channels.Mail;
using Hearth.Conversations;
using Hearth.Conversations.Ratings;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Customers;
using Hearth.Ideas.Likeness.Ranking;
using Hearth.Ideas.Sayings;
using Hearth.Ideas.Telling;
using Hearth.Ideas.Words;
using Hearth.Listening;
using Hearth.Listening.Alerts;
using Hearth.Operations;
using Hearth.Operations.Changes;
using Hearth.Operations.Proposals;
using Hearth.Operations.Telling;
using Hearth.Outlet;
using Hearth.Outlet.Digests;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.People;

/// <summary>Somebody who left a word of theirs in every room of the house.</summary>
internal sealed class EveryRoom(TestHouse house, string word)
{
    public PersonId Person { get; private set; }

    public ConversationView Conversation { get; private set; } = null!;

    private string Mail => $"{word}@home.example";

    private string Actor => $"https://{word}.example/users/{word}";

    private DateTimeOffset Now => house.Clock.GetUtcNow();

    public async Task Fill(Talk talk)
    {
        var mention = await talk.Says(word, $"My name is {word} and my flask leaks", id: word + "-post");
        Conversation = await talk.Of(mention);
        Person = Conversation.Person!.Id;
        foreach (var (network, id) in new[] { ("email", Mail), ("activitypub", Actor), ("mastodon", $"https://{word}.example/@{word}"), ("bluesky", "did:plc:" + word) }) await house.Merge(Person, await house.Seen(network, id, word, "The " + word, "https://example.org/" + word));
        await house.With<RenamePerson, bool>(r => r.To(Person, "Dear " + word, default));
        await house.With<Consents, ConsentNoted>(c => c.Note(Person, new(ConsentPurpose.Marketing, "email", true, ConsentHow.Form, $"I, {word}, agree", "form of " + word), "Ada", default));
        await InConversations(talk, mention);
        await InPublishing();
        await InChannels();
        await InIdeas(mention);
        await InRest(mention);
        await house.Settle();
    }

    private async Task InConversations(Talk talk, MentionId mention)
    {
        await house.With<ConversationSteps, bool>(s => s.Note(Conversation.Id, $"{word} rang us twice", Talk.Ada, default));
        Conversation = await talk.Read(Conversation.Id);
        Assert.IsType<Reply.ByHand>(await talk.Reply(Conversation, $"Dear {word}, we send a lid", Talk.Ada));
        await talk.Says("brand", $"Dear {word}, we send a lid, as it was heard back", inThread: word + "-post", own: true, answers: word + "-post");
        await talk.Says("brand", $"Once more to {word}", own: true, inThread: "elsewhere-" + word, answers: word + "-post");
        await house.With<Database>(async db =>
        {
            db.Add(new DraftRow { ConversationId = Conversation.Id, UserId = Talk.Ben.Id, UserName = "Ben Costa", Text = $"Hello {word}", At = Now });
            db.Add(new RatingAskRow { Conversation = Conversation.Id, Token = Guid.NewGuid().ToString("N"), Due = Now, State = AskState.Answered, Stars = 2, Comment = word + " was not pleased" });
            db.Add(new CorrectionRow { Id = Ids.New(), Mention = mention, Field = "sentiment", Was = word, Is = "negative", By = Talk.Ada.Id, ByName = "Ada", At = Now });
            db.Add(new TombstoneRow { Source = (await db.Set<SourceRow>().FirstAsync()).Id, ExternalId = $"at://did:plc:{word}/app.bsky.feed.post/{word}", At = Now });
            db.Add(new NoticeRow { Id = NoticeId.New(), Title = "Ben named you", Text = $"Look what {word} says", Href = $"/engage/{Conversation.Id.Value}", Bad = false, At = Now, Reader = Talk.Ada.Id });
            await db.SaveChangesAsync();
        });
    }

    // As they stand between sending and recording, waiting for approval, being changed, refused by the network.
    private Task InPublishing() => house.With<Database>(async db =>
    {
        var account = ChannelAccountId.New();
        foreach (var status in (MessageStatus[])[MessageStatus.Sending, MessageStatus.Held, MessageStatus.Editing, MessageStatus.Failed, MessageStatus.Sent, MessageStatus.Deleted])
        {
            var (id, key) = (MessageId.New(), Guid.NewGuid().ToString("N"));
            db.Add(new Message
            {
                Id = id, Kind = MessageKind.Reply, Status = status, Network = Networks.Mastodon, Account = account, About = "conversation:" + Conversation.Id.Value, Words = $"Dear {word}", Signature = "^AB", Author = Talk.Ada.Id,
                AuthorName = "Ada Brandt", AuthorInitials = "AB", ParentUri = "https://example.org/" + word, ParentId = word, ParentHandle = word, RootUri = word, CorrectedClaim = word, Evidence = "https://example.org/" + word, HeldFor = word,
                NewWords = word, Key = key, StaleKey = key + "s", Prepared = $"{{\"status\":\"@{word} Dear\"}}", Reason = "refused " + word, Url = "https://brand.example/" + word, ExternalId = "1", QueuedAt = Now, CardUrl = "https://example.org/" + word, CardTitle = word, CardDescription = word, CardImage = Encoding.UTF8.GetBytes(word),
            });
            db.Add(new PlacedPost { Account = account, Key = key, Prepared = $"@{word} Dear {word}", NetworkId = status == MessageStatus.Sent ? "7" : null, Url = "https://brand.example/" + word, At = Now });
            db.Add(new PlacedPost { Account = account, Key = key + "s", Prepared = $"@{word} Dearest", At = Now });
            db.Add(new PictureRow { Id = PictureId.New(), MessageId = id, Bytes = Encoding.UTF8.GetBytes("GIF89a" + word), MediaType = "image/gif", Alt = "A photo of " + word, Width = 1, Height = 1, By = Talk.Ada.Id, At = Now });
            db.Add(new DecisionRow { MessageId = id, What = Decision.Changed, By = Talk.Ben.Id, ByName = "Ben", At = Now, Reason = word, Before = word, After = word, PolicyVersion = 1 });
            db.Add(new JobRow { Id = Ids.New(), Kind = "Publishing.DeliverMessage", Body = $$"""{"message":"{{id.Value}}"}""", Due = Now.AddDays(9), Error = $"the server knows no {word}" });
            db.Record(new MessageEdited(id, "Dear " + word, Now));
            db.Record(new MessageApproved(id, null, Talk.Ada.Id, "Ada", Talk.Ben.Id, "Ben", word, Now));
            db.Record(new MessageRejected(id, null, Talk.Ada.Id, Talk.Ben.Id, "Ben", "not to " + word, Now));
            db.Record(new MessageFailed(id, "no " + word, Now));
        }

        await db.SaveChangesAsync();
    });

    private Task InChannels() => house.With<Database>(async db =>
    {
        var (first, ours, account) = ($"<1@{word}.example>", $"<{Guid.NewGuid():N}@brand.example>", ChannelAccountId.New());
        db.Add(new LetterRow { MessageId = first, Thread = first, IsOurs = false, Kind = LetterKind.Written, Address = Mail, Name = word, ReplyTo = $"desk@{word}.example", Subject = "From " + word, References = "", Folded = "-- \n" + word, At = Now });
        db.Add(new LetterFileRow { Id = LetterFileId.New(), MessageId = first, Name = word + ".pdf", MediaType = "application/pdf", Size = 3, Content = Encoding.UTF8.GetBytes("%PDF " + word) });
        db.Add(new LetterRow { MessageId = ours, Thread = first, IsOurs = true, Kind = LetterKind.Written, Address = $"desk@{word}.example", Name = word, Subject = "Re: From " + word, References = first, At = Now });
        db.Add(new LetterRow { MessageId = $"<b@{word}.example>", Thread = ours, IsOurs = false, Kind = LetterKind.Bounce, Address = "mailer-daemon@mx.example", Subject = "Undelivered: From " + word, References = ours, At = Now });
        db.Record(new LetterBounced(ours, $"The letter came back. desk@{word}.example: unknown", Now));
        db.Add(new RemoteActorRow { Id = Actor, Host = word + ".example", KeyId = Actor + "#key", PublicKey = "-", Inbox = Actor + "/inbox", Username = word, Name = word, Avatar = "https://example.org/" + word, Url = Actor, FetchedAt = Now });
        db.Add(new HostRow { Host = word + ".example", Error = "no " + word });
        db.Add(new FollowerRow { Account = account, Actor = Actor, Follow = Actor + "/follow", Inbox = Actor + "/inbox", At = Now });
        db.Add(new TakenRow { Account = account, Activity = Actor + "/1", Kind = TakenKind.Post, Actor = Actor, Object = Actor + "/note", Parent = word, Root = word, Body = word, At = Now });
        db.Add(new ReactionRow { Note = "note-" + word.Length, Actor = Actor, Kind = "Like", Activity = Actor + "/2", At = Now });
        db.Add(new NoteRow { Key = Guid.NewGuid().ToString("N"), Account = account, Body = new PreparedNote($"<p>{word}</p>", "Dear " + word, Now, Actor + "/note", Actor + "/note", true, [new NamedActor(Actor, word, word + ".example", Actor)]).Write(), IsPublic = true, Root = Actor + "/note", At = Now });
        db.Add(new SentRow { Activity = "https://brand.example/" + Guid.NewGuid(), Account = account, Body = $$"""{"to":["{{Actor}}"],"content":"{{word}}"}""", At = Now });
        db.Enqueue(new DeliverActivity("https://brand.example/gone", Inbox: Actor + "/inbox"), Now.AddDays(9)); // as earlier versions queued it
        db.Add(new DeliveryRow { Activity = "https://brand.example/gone/" + word, Part = 0, Inbox = Actor + "/inbox" });
        await db.SaveChangesAsync();
    });

    private async Task InIdeas(MentionId mention)
    {
        var id = IdeaId.New();
        Assert.IsType<FromPost.Raised>(await house.With<RaiseIdea, FromPost>(r => r.From(mention, id, new($"A lid for {word}", $"It was {word} who asked for it.", "general"), Talk.Ada, default)));
        var standIn = (await house.With<PersonAccounts, PersonAccount?>(a => a.For(Person, default)))!.Actor;
        Assert.IsType<Commented.Stands>(await house.With<CommentOnIdea, Commented>(c => c.By(standIn, id, IdeaCommentId.New(), $"I am {word} and I mean it", null, default)));
        await house.Settle();
        await house.With<Database>(async db =>
        {
            db.Add(new IdeaText { Idea = id, Comment = null, Version = 1, Title = "First of " + word, Body = word, At = Now });
            db.Add(new IdeaImage { Id = IdeaImageId.New(), Idea = id, Owner = standIn.Id, At = Now, Alt = word, MediaType = "image/gif", Width = 1, Height = 1, Bytes = Encoding.UTF8.GetBytes("GIF89a" + word) });
            db.Add(new IdeaNews { Id = IdeaNewsId.New(), Idea = id, Key = Guid.NewGuid().ToString("N"), Kind = IdeaNewsKind.Moved, Audience = Audience.Everybody, Title = $"A lid for {word}", Text = $"“A lid for {word}” is planned.", Words = $"A lid for {word}!", At = Now });
            db.Add(new IdeaNotice { Id = IdeaNoticeId.New(), User = UserId.New(), Key = Guid.NewGuid().ToString("N"), Kind = IdeaNewsKind.Moved, Because = Because.Voter, Idea = id, Text = $"“A lid for {word}” is planned.", At = Now });
            db.Add(new IdeaNotice { Id = IdeaNoticeId.New(), User = standIn.Id, Key = Guid.NewGuid().ToString("N"), Kind = IdeaNewsKind.Moved, Because = Because.Author, Idea = id, Text = "To " + word, At = Now, Person = Person });
            db.Add(new SaidAlike { Idea = null, Text = $"Lids for {word}", Other = id, IsSame = true, By = Talk.Ada.Id, ByName = "Ada", At = Now });
            db.Add(new IdeaSaying { Idea = id, Mention = mention, Person = Person, Network = "file", IsSame = true, By = Talk.Ada.Id, ByName = "Ada", At = Now });
            await db.SaveChangesAsync();
        });
    }

    private Task InRest(MentionId mention) => house.With<Database>(async db =>
    {
        var (told, visitor, offer) = (MessageId.New(), VisitorId.New(), OfferId.New());
        db.Add(new CauseMention { Mention = mention, AttributeKey = "lid", CauseId = CauseId.New(), Person = Person, At = Now, Words = $"flask {word}" });
        db.Add(new ToldRow { ChangeId = ChangeId.New(), PersonId = Person, Network = "file", MentionId = mention, Language = "en", MessageId = told, State = ToldState.Sending, PreparedAt = Now, At = Now });
        db.Add(new Message { Id = told, Kind = MessageKind.Reply, Status = MessageStatus.Sent, Network = "file", About = "change:1", Words = $"{word}, you said, we did", Author = Talk.Ada.Id, AuthorName = "Ada", AuthorInitials = "AB", QueuedAt = Now });
        db.Add(new Claim { Id = ClaimId.New(), Offer = offer, Visitor = visitor, Contact = Mail, HeldAt = Now, Until = Now.AddMinutes(10) });
        db.Add(new Claim { Id = ClaimId.New(), Offer = offer, Visitor = new(Guid.Empty), Contact = "@" + word, HeldAt = Now, Until = Now.AddMinutes(10) });
        db.Add(new DigestAsk { Id = DigestAskId.New(), Contact = Mail, Every = DigestRhythm.Daily, Weekday = DayOfWeek.Monday, Words = "Send me offers", At = Now, Until = Now.AddDays(2), FirstAt = Now, Letters = 1 });
        var subscriber = new DigestSubscriber { Id = Ids.New(), Person = Person, Contact = Mail, Every = DigestRhythm.Daily, Weekday = DayOfWeek.Monday, EndToken = "end " + word, ConfirmedWith = DigestAskId.New(), ConfirmedAt = Now, SubscribedAt = Now, NextDay = new(2026, 9, 2), Since = Now };
        db.Add(subscriber);
        db.Add(new Hearth.Outlet.Digests.DigestLetter { Id = Ids.New(), Issue = 1, Subscriber = subscriber.Id, Since = Now, Until = Now, Error = $"550 {word} is not here", Bounced = true });
        db.Add(new Click { Id = ClickId.New(), Offer = offer, Visitor = visitor, Kind = ClickKind.Person, From = word + ".example", UserAgent = $"Mozilla ({word})", At = Now });
        db.Add(new Click { Id = ClickId.New(), Offer = offer, Visitor = new(Guid.Empty), Kind = ClickKind.Person, From = "nobody.example", UserAgent = "Mozilla (nobody)", At = Now });
        await db.SaveChangesAsync();
    });
}
