using Hearth.Listening.Understanding;

namespace Hearth.Tests.Listening.Understanding;

public class AspectTests
{
    [Theory]
    [InlineData("Great food, awful seats!", "food+ seat-")]
    [InlineData("Love the new design but the app keeps crashing", "design+ website-")]
    [InlineData("The crew was amazing. Pity that the wifi didn't work", "staff+ wifi-")]
    [InlineData("Delivery was quick, the price is fine, yet the screen flickers", "delivery-time+ price+ screen-")]
    [InlineData("Das Essen war super, aber das WLAN geht nicht", "food+ wifi-")]
    [InlineData("La comida excelente, pero el personal muy grosero", "food+ staff-")]
    [InlineData("Livraison rapide mais emballage abîmé", "damage-,packaging-")]
    [InlineData("Entrega rápida, mas veio com defeito", "delivery-time+ quality-")]
    public void Each_attribute_is_judged_by_its_own_words(string text, string expected)
    {
        var aspects = Understand.Read(text).Aspects;

        foreach (var want in expected.Split(' '))
        {
            var (keys, polarity) = (want.TrimEnd('+', '-').Replace("-,", ",", StringComparison.Ordinal).Split(','), want[^1] == '-' ? Sentiment.Negative : Sentiment.Positive);
            Assert.Contains(aspects, a => keys.Contains(a.Attribute) && a.Polarity == polarity);
        }
    }

    [Theory]
    [InlineData("The sale starts Monday", "en")] // "sale" is dirty in French
    [InlineData("I have a personal question", "en")] // "personal" is staff in German and Spanish
    public void A_word_counts_in_its_own_language_only(string text, string language)
    {
        var reading = Understand.Read(text, language);

        Assert.Empty(reading.Topics);
    }

    [Theory]
    [InlineData("I am furious, this is unacceptable 😡", Emotion.Anger)]
    [InlineData("So disappointed, I expected better from you", Emotion.Disappointment)]
    [InlineData("I'm really worried and scared to use it now", Emotion.Worry)]
    [InlineData("Crying, you ruined our honeymoon", Emotion.Sadness)]
    [InlineData("So happy, I love it!", Emotion.Joy)]
    [InlineData("Thank you, I really appreciate it", Emotion.Gratitude)]
    [InlineData("Wow, I did not expect that, what a surprise", Emotion.Surprise)]
    [InlineData("The store opens at nine", Emotion.None)]
    [InlineData("Ich bin stinksauer, so eine Frechheit", Emotion.Anger)]
    [InlineData("Qué decepción, esperaba más", Emotion.Disappointment)]
    [InlineData("Merci beaucoup pour votre aide, super service", Emotion.Gratitude)]
    [InlineData("Amei, estou muito feliz", Emotion.Joy)]
    public void The_feeling_with_the_most_words_speaks_loudest(string text, Emotion expected) => Assert.Equal(expected, Understand.Read(text).Emotion);

    [Fact]
    public void Danger_is_more_urgent_than_a_wait_and_that_than_praise()
    {
        var danger = Understand.Read("Smoke coming out of the charger, what do I do??").Urgency;
        var wait = Understand.Read("Still waiting for my refund, how long does it take?").Urgency;
        var praise = Understand.Read("Great phone, bought it today").Urgency;

        Assert.True(danger > 0.7, $"danger {danger}");
        Assert.InRange(wait, 0.2, 0.7);
        Assert.Equal(0, praise);
    }

    [Theory]
    [InlineData("Did you know that they use child labor in their factories?", Intent.Claim)]
    [InlineData("The Model X was recalled, reportedly it contains lead", Intent.Claim)]
    [InlineData("Diese Firma zahlt keine Steuern", Intent.Claim)]
    [InlineData("Esta empresa hace pruebas en animales y no lo dice nadie", Intent.Claim)]
    [InlineData("Click here to win a free iPhone https://x.example/a", Intent.Spam)]
    [InlineData("Make money online, work from home! DM me to start", Intent.Spam)]
    [InlineData("Ganhe dinheiro em casa, chama no WhatsApp, link na bio", Intent.Spam)]
    public void Claims_and_spam_are_told_by_their_phrases(string text, Intent expected) => Assert.Contains(expected, Understand.Read(text).Intents);

    [Theory]
    [InlineData("Why can't I use code SPRING on your site?")]
    [InlineData("Your link in bio is broken")]
    [InlineData("Where can I buy now?")]
    public void A_customer_is_no_spammer_for_one_phrase(string text) => Assert.DoesNotContain(Intent.Spam, Understand.Read(text).Intents);

    [Fact]
    public void Who_tells_plainly_of_something_that_fell_short_complains() => Assert.Contains(Intent.Complaint, Understand.Read("Battery is supposed to last 10 hours but only lasts 3").Intents);

    [Fact]
    public void Every_attribute_that_a_failure_names_is_a_topic_with_a_name_in_the_catalogue()
    {
        var texts = Topics.All.Select(t => t.Key).ToHashSet();
        var catalogue = Hearth.Catalog.StartingAttributes.All.Select(a => a.Key).ToHashSet();

        Assert.Empty(texts.Except(catalogue));
        Assert.All(Hearth.Listening.Understanding.Lexicon.Lines("failures").Where(l => l.Line[0] == '='), l =>
        {
            var named = l.Section[0] == '=' ? [l.Section[1..]] : l.Line[1..].Split(' ').Where(p => p.Contains(':', StringComparison.Ordinal)).Select(p => p[(p.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            Assert.All(named, n => Assert.Contains(n, texts));
        });
    }
}
