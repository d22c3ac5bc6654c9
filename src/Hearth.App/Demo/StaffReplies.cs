namespace Hearth.App.Demo;

/// <summary>How Emberly's people answer: by name, to the point, never "do not reply". Slots: first, product, me.</summary>
internal static class StaffReplies
{
    public static readonly Dictionary<string, string[]> Lexicon = new(StringComparer.Ordinal)
    {
        ["hi"] = ["Hi {first},", "Hello {first},", "{first},", "Hi {first}, {me} here.", "Hey {first},"],
        ["sorry"] = ["I am sorry.", "that is not how it should be.", "thank you for telling us.", "that is on us.", "sorry for the trouble.", "I understand that this is annoying."],
        ["reply.hinge"] =
        [
            "{hi} {sorry} The hinge has a weak spot and we are changing the part. Send me your order number and a new lid is on its way [today|tomorrow].",
            "{hi} {sorry} A new lid with the stronger steel hinge is free for every Hush flask. Where shall we send it?",
            "{hi} {sorry} Please do not glue it: we send you a new lid, no receipt needed. A direct message with your address is enough.",
        ],
        ["reply.depot"] =
        [
            "{hi} {sorry} The northern depot is behind. I looked at your parcel: it leaves [tonight|tomorrow morning], and the shipping is on us.",
            "{hi} {sorry} If you need it before the weekend I send a second one from the south; just return whichever comes late.",
            "{hi} {sorry} Tell me the order number and I find out where it is, in person, within the hour.",
        ],
        ["reply.wait"] =
        [
            "{hi} {sorry} We promise two hours and did not keep it at the weekend. What can I do for you?",
            "{hi} {sorry} I am here now. We are working on covering Saturdays and Sundays.",
        ],
        ["reply.glow"] =
        [
            "{hi} {sorry} Twenty hours holds only for the night-light level, and our ad did not say so. You may return it, or I send you the update that stretches it to sixteen.",
            "{hi} {sorry} Please hold the button for ten seconds: version 1.3 brings about five hours more. If that is not enough you get your money back.",
        ],
        ["reply.strap"] = ["{hi} {sorry} Could you send me a photo of how the pack sits? Often the back length is set too short; if not, we exchange the straps.", "{hi} {sorry} I passed it on to Priya who designs our packs; she would like to call you. May she?"],
        ["reply.checkout"] = ["{hi} {sorry} The wallet provider changed something overnight and our shop stumbled. It works again; the second charge is on its way back to you.", "{hi} {sorry} We found it. Please try again, and if you were charged twice tell me the order number."],
        ["reply.question"] =
        [
            "{hi} good question. Yes for the {product}, and the full table stands on its page under 'Good to know'. Ask me anything else!",
            "{hi} it does. One thing to watch: let it dry with the lid open. Anything else?",
            "{hi} I checked with the workshop: no problem at all. Have a good trip!",
            "{hi} spare parts for the {product} are in the shop under 'Repair', from three euro.",
        ],
        ["reply.purchase"] =
        [
            "{hi} the {product} comes to the outlet now and then, and the followers of our outlet hear it first. Shall I tell you?",
            "{hi} there are a few {product} with small marks in the outlet this week. Otherwise any of our shops can order it.",
            "{hi} glad you like the {product}. If you tell me what you want to use it for I tell you honestly whether it fits.",
        ],
        ["reply.grumble"] = ["{hi} {sorry} I wrote it down for the team and will tell you what comes of it.", "{hi} fair point. May I ask what you would have expected?", "{hi} {sorry} Let me look into it."],
        ["bye"] = ["Glad to hear it, {first}. Have a good trip!", "You are welcome, {first}!", "Thank you for your patience, {first}.", "Then let us try the other way, {first}: I send you a message."],
        ["note.hinge"] = ["Same batch as the others, moulded in week 31.", "Photo shows the crack at the pin, as in the last ten.", "Sent a new lid, no charge."],
        ["note.depot"] = ["Parcel went through the northern depot again.", "Carrier says the sorter is down on Mondays.", "Refunded shipping."],
        ["note.wait"] = ["Came in Friday 18:40, nobody on shift.", "Third one this weekend."],
        ["note.glow"] = ["Firmware 1.1, full brightness.", "Measured eleven hours in the lab too."],
        ["note.strap"] = ["Back length M, 14 kg. Straps from the new supplier."],
        ["note.checkout"] = ["Provider log shows error 7.", "Double charge confirmed, refunded."],
    };
}
