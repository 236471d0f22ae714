# ruff: noqa: E501
"""Two made-up conversations with names and hosting of their own, to see that speakers are not learnt by heart."""

HENRIK, ROSA = "Henrik Olsen", "Rosa Delgado"
FARM = (
    (
        HENRIK,
        "Good morning and welcome to The Long Furrow, the programme about land and the people who work it. "
        "I'm Henrik Olsen. My guest today is Rosa Delgado, who has farmed olives in the hills for thirty years. "
        "Rosa, thank you for coming in.",
    ),
    (ROSA, "Thanks for having me, Henrik. It's a long drive but a pretty one."),
    (HENRIK, "Let's start with the drought. How bad was it for you last summer?"),
    (
        ROSA,
        "It was the worst I have seen. We lost a third of the young trees, and the old ones dropped their fruit in "
        "August. My father kept a notebook of the rain and there is no year like it. The soil simply cracked open.",
    ),
    (HENRIK, "And yet you didn't irrigate. Why not?"),
    (
        ROSA,
        "Because the water isn't ours to waste. The river feeds four villages below us. If I take it for my olives "
        "then somebody's tap runs dry. We mulched with straw instead and we planted beans between the rows.",
    ),
    (
        HENRIK,
        "That's interesting. Some of your neighbours say mulching is a fad, that it brings mice and costs more "
        "than it saves. What do you say to them?",
    ),
    (
        ROSA,
        "I say come and put your hand in my soil. It's cool and it's damp in July. Yes, there are mice, but we have "
        "owls. The straw costs me four hundred a year, and a single new well costs twenty thousand.",
    ),
    (HENRIK, "Right. I want to turn to prices. Oil has doubled in the shops. Are you getting rich?"),
    (
        ROSA,
        "No, not at all. The price doubled because the harvest halved. I sell half as much at twice the price, and "
        "my diesel went up too. The supermarkets are doing very well out of it.",
    ),
    (HENRIK, "So what would you change, if you were the minister?"),
    (
        ROSA,
        "I would pay farmers for the water they don't use. At the moment the subsidy goes by the hectare, so the "
        "biggest farms get the most, whatever they do with it. Pay for cool soil and for clean rivers.",
    ),
    (
        HENRIK,
        "Wonderful. Rosa Delgado, thank you so much for joining us. Next week we'll be in the orchards of the "
        "north. Until then, goodbye.",
    ),
)

AMARA, PIOTR, LEILA, JONAS = "Amara Nwosu", "Piotr Zielinski", "Leila Haddad", "Jonas Berg"
TRAM = (
    (
        AMARA,
        "Hello everyone and welcome back to City Limits. I'm your host, Amara Nwosu, and today's episode is about "
        "trams. With me are Piotr Zielinski, a transport engineer, Leila Haddad, who runs the traders' association, "
        "and Jonas Berg, an economist at the university. Piotr, let me come to you first. Why trams and not buses?",
    ),
    (
        PIOTR,
        "Sure. So a tram carries two hundred and fifty people with one driver, and the rails last forty years. When "
        "my team modelled the corridor we found that buses would need a vehicle every fifty seconds. You cannot run "
        "buses every fifty seconds through a medieval gate.",
    ),
    (AMARA, "Okay. Leila, your members are not happy. What's the problem?"),
    (
        LEILA,
        "The problem is three years of digging. My members live from people who walk past. When they dug up the "
        "harbour street eleven shops closed, and not one of them came back. Nobody compensated them. They got a "
        "leaflet.",
    ),
    (AMARA, "A leaflet. Jonas, is Leila right that the costs fall on the shops?"),
    (
        JONAS,
        "Yes, in the short run she's right. The literature is quite clear on this. Turnover falls by something like "
        "fifteen percent during the works. But in the long run it rises above where it started, because footfall "
        "increases near stops. The trouble is that the shop that suffers isn't the shop that gains.",
    ),
    (
        LEILA,
        "Exactly. And that's what makes me angry. We are told it pays off, but it pays off for the chain that moves "
        "in afterwards. The baker is gone by then.",
    ),
    (AMARA, "So Piotr, can you build it faster?"),
    (
        PIOTR,
        "We can, yes. To Leila's point about the digging, most of the time goes into moving pipes and cables. If the "
        "utilities moved first, all at once, we could lay rails in eight months. But that needs somebody who can "
        "tell the water company what to do.",
    ),
    (
        AMARA,
        "Fair enough. Let's talk about the money. The city says four hundred million. Jonas, do you believe it?",
    ),
    (
        JONAS,
        "No. I don't believe it, and neither should your listeners. The average overrun for rail projects in the "
        "studies I know is about forty percent. I would budget five hundred and sixty and be pleased if it came in "
        "below that.",
    ),
    (
        PIOTR,
        "I'd add that the overrun comes from changing the plan halfway. When we built the eastern line the council "
        "moved two stops after the contract was signed. That alone cost us thirty million.",
    ),
    (AMARA, "Interesting. And what would you like to hear from the mayor, Leila?"),
    (
        LEILA,
        "I'd like to hear a number. So much for each month your door is blocked, paid on the first of the month. My "
        "members don't hate trams, they hate being ignored.",
    ),
    (
        AMARA,
        "Thank you. That's all we have time for. Piotr, Leila, Jonas, thanks for joining me. I'm Amara Nwosu and "
        "this was City Limits. See you next week.",
    ),
)
