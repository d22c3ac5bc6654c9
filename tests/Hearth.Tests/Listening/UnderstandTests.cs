using Hearth.Listening.Understanding;

namespace Hearth.Tests.Listening;

public class UnderstandTests
{
    [Theory]
    [InlineData("I love this, best phone I ever had!", Sentiment.Positive)]
    [InlineData("The worst service. Two hours on hold and then they hung up on me.", Sentiment.Negative)]
    [InlineData("Is the store open on Sunday?", Sentiment.Neutral)]
    [InlineData("not good at all", Sentiment.Negative)]
    [InlineData("I don't hate it", Sentiment.Positive)]
    [InlineData("The camera is great but the battery is terrible and dies quickly", Sentiment.Negative)]
    [InlineData("😡😡", Sentiment.Negative)]
    [InlineData("Der Kundenservice ist eine Frechheit, seit Wochen keine Antwort", Sentiment.Negative)]
    [InlineData("Muchas gracias, excelente servicio y muy rápido", Sentiment.Positive)]
    [InlineData("Le colis n'est jamais arrivé, service client injoignable", Sentiment.Negative)]
    [InlineData("Produto ótimo, adorei, entrega muito rápida", Sentiment.Positive)]
    public void The_words_decide(string text, Sentiment expected) => Assert.Equal(expected, Understand.Read(text).Sentiment);

    [Theory]
    [InlineData("Where is my parcel and why does nobody answer?", "en")]
    [InlineData("Wo ist mein Paket und warum antwortet niemand?", "de")]
    [InlineData("¿Dónde está mi paquete y por qué nadie contesta?", "es")]
    [InlineData("Où est mon colis et pourquoi personne ne répond ?", "fr")]
    [InlineData("Onde está o meu pacote e por que ninguém responde?", "pt")]
    [InlineData("荷物はどこですか", "ja")]
    [InlineData("xkcd 42", "und")]
    [InlineData("@brand 👍", "und")]
    public void The_language_is_told_by_its_small_words(string text, string expected) => Assert.Equal(expected, Understand.Read(text).Language);

    [Fact]
    public void What_the_source_claims_counts_only_when_the_text_does_not_tell()
    {
        Assert.Equal("de", Understand.Read("123 👍", "de-AT").Language);
        Assert.Equal("en", Understand.Read("Where is my parcel and why does nobody answer?", "de").Language);
    }

    [Fact]
    public void A_post_may_ask_and_complain_at_once()
    {
        var reading = Understand.Read("My order is still not here and the box was broken. When will I get my refund?");

        Assert.Equal([Intent.Complaint, Intent.Question], reading.Intents);
        Assert.Contains("refund", reading.Topics);
        Assert.Contains("delivery-time", reading.Topics);
    }

    [Theory]
    [InlineData("You should add a dark mode", Intent.Idea)]
    [InlineData("Where can I buy the new one, is it in stock?", Intent.Purchase)]
    [InlineData("Thank you so much, great service!", Intent.Praise)]
    [InlineData("On my way to the airport", Intent.Other)]
    public void The_purpose_is_told_by_phrases(string text, Intent expected) => Assert.Contains(expected, Understand.Read(text).Intents);

    [Fact]
    public void Every_reason_points_at_its_words()
    {
        const string text = "@brand REALLY disappointed 😡 with the delivery, not good :(";

        var reasons = Understand.Read(text).Reasons;

        Assert.Equal(["disappointed", "😡", "delivery", "not good", ":("], reasons.Where(r => r.Says is "sentiment" or "topic").Select(r => text.Substring(r.Start, r.Length)));
        Assert.Contains("stressed by 'REALLY'", reasons.First(r => r.Says == "sentiment").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_text_gives_the_same_reading() =>
        Assert.Equivalent(Understand.Read("Great food, awful seats! Will you refund me?"), Understand.Read("Great food, awful seats! Will you refund me?"));

    [Fact]
    public void Ten_thousand_characters_of_anything_are_read_without_harm()
    {
        var random = new Random(7);
        for (var n = 0; n < 50; n++) Understand.Read(string.Concat(Enumerable.Range(0, 10_000).Select(_ => (char)random.Next(1, char.MaxValue))));
    }
}
