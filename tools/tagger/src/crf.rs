//! A linear-chain conditional random field, trained by stochastic gradient steps (AdaGrad).

use std::collections::HashMap;

use news_core::training::entity::{self, Run, TAG_COUNT as TAGS, may_follow};

/// A run of tokens and how much it counts.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) run: Run,
    pub(crate) weight: f32,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Times that each run is seen.
    rounds: usize,
    /// Features that ship: trained once more, the heaviest of a shorter training.
    features: usize,
}

/// For what a first reading says of texts in training.
pub(crate) const FIRST: Plan = Plan { rounds: 4, features: 400_000 };
/// For the model that ships.
pub(crate) const LAST: Plan = Plan { rounds: 8, features: 300_000 };

/// Features seen less often are left out; each token is seen in two readings.
const RARE: u32 = 4;
/// First step.
const RATE: f32 = 0.15;
/// Pull of a weight towards zero, each time it is changed.
const PULL: f32 = 2e-5;
/// Share of features left out each time a token is seen.
const DROPPED: f64 = 0.4;
/// Smaller errors change nothing.
const SMALL: f32 = 0.003;

/// Weights of fewer units do not ship.
const FAINT: u8 = 1;

type Scores = [f32; TAGS];

/// Weights while they are learned.
#[derive(Debug)]
pub(crate) struct Trained {
    names: Vec<u32>,
    weights: Vec<Scores>,
    steps: [Scores; TAGS],
}

/// Trains on the examples.
pub(crate) fn train(examples: &[Example], plan: Plan) -> Trained {
    let names = dictionary(examples);
    if names.len() <= plan.features {
        return fit(examples, names, plan.rounds);
    }
    let rough = fit(examples, names, plan.rounds / 2);
    fit(examples, rough.heaviest(plan.features), plan.rounds)
}

/// Trains with the features in `names`.
fn fit(examples: &[Example], names: Vec<u32>, rounds: usize) -> Trained {
    let places = names.iter().enumerate().map(|(i, name)| (*name, i as u32)).collect();
    let rows: Vec<Vec<Vec<u32>>> = examples.iter().map(|e| numbered(&e.run, &places)).collect();
    drop(places);
    let mut learner = Learner {
        weights: vec![[0.0; TAGS]; names.len()],
        squares: vec![[0.0; TAGS]; names.len()],
        steps: [[0.0; TAGS]; TAGS],
        step_squares: [[0.0; TAGS]; TAGS],
        random: 0x9e37_79b9_7f4a_7c15,
        dropped: (DROPPED * (1_u64 << 53) as f64) as u64,
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = 0x1234_5678_9abc_def1_u64;
    for round in 0..rounds {
        shuffle(&mut order, &mut random);
        let loss: f64 = order
            .iter()
            .map(|&i| f64::from(learner.learn(&rows[i], &examples[i].run.tags, examples[i].weight)))
            .sum();
        eprintln!("round {round}: loss {:.4} a run", loss / order.len() as f64);
    }
    Trained { names, weights: learner.weights, steps: learner.steps }
}

/// Features that are not rare, sorted.
fn dictionary(examples: &[Example]) -> Vec<u32> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for feature in examples.iter().flat_map(|e| e.run.features.iter().flatten()) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut names: Vec<u32> = counts
        .into_iter()
        .filter(|(name, n)| *n >= RARE && *name != 0)
        .map(|(name, _)| name)
        .collect();
    names.sort_unstable();
    names
}

fn numbered(run: &Run, places: &HashMap<u32, u32>) -> Vec<Vec<u32>> {
    let one = |features: &Vec<u32>| {
        let mut own: Vec<u32> = features.iter().filter_map(|f| places.get(f).copied()).collect();
        own.sort_unstable();
        own.dedup();
        own
    };
    run.features.iter().map(one).collect()
}

fn shuffle(order: &mut [usize], random: &mut u64) {
    for i in (1..order.len()).rev() {
        order.swap(i, (next(random) % (i as u64 + 1)) as usize);
    }
}

/// The next number of a generator (xorshift).
fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random
}

struct Learner {
    weights: Vec<Scores>,
    squares: Vec<Scores>,
    steps: [Scores; TAGS],
    step_squares: [Scores; TAGS],
    random: u64,
    /// Features are left out where 53 random bits are below it.
    dropped: u64,
}

impl Learner {
    /// One gradient step; the loss before it.
    fn learn(&mut self, rows: &[Vec<u32>], tags: &[usize], weight: f32) -> f32 {
        let rows: Vec<Vec<u32>> = rows.iter().map(|row| self.without_some(row)).collect();
        let scores: Vec<Scores> = rows.iter().map(|row| self.scores(row)).collect();
        let chain = Chain::of(&scores, &self.steps);
        for (i, row) in rows.iter().enumerate() {
            let mut error = chain.shares(i);
            error[tags[i]] -= 1.0;
            if error.iter().any(|e| e.abs() > SMALL) {
                for place in row {
                    let place = *place as usize;
                    adjust(&mut self.weights[place], &mut self.squares[place], &error, weight);
                }
            }
        }
        let loss = chain.loss(&scores, tags, &self.steps);
        for (from, error) in chain.step_errors(&scores, tags, &self.steps).iter().enumerate() {
            adjust(&mut self.steps[from], &mut self.step_squares[from], error, weight);
        }
        loss
    }

    /// The features without a random part, so that no weight leans on its company.
    fn without_some(&mut self, row: &[u32]) -> Vec<u32> {
        row.iter().copied().filter(|_| next(&mut self.random) >> 11 >= self.dropped).collect()
    }

    fn scores(&self, row: &[u32]) -> Scores {
        let mut sums = [0.0; TAGS];
        for place in row {
            for (sum, weight) in sums.iter_mut().zip(&self.weights[*place as usize]) {
                *sum += weight;
            }
        }
        sums
    }
}

fn adjust(weights: &mut Scores, squares: &mut Scores, error: &Scores, weight: f32) {
    for tag in 0..TAGS {
        let slope = weight * (error[tag] + PULL * weights[tag]);
        squares[tag] += slope * slope;
        weights[tag] -= RATE * slope / (squares[tag] + 0.1).sqrt();
    }
}

/// Sums over all taggings of a run, as logarithms.
struct Chain {
    forward: Vec<Scores>,
    backward: Vec<Scores>,
    whole: f32,
}

impl Chain {
    fn of(scores: &[Scores], steps: &[Scores; TAGS]) -> Self {
        let mut forward: Vec<Scores> = Vec::with_capacity(scores.len());
        let mut last = start();
        for own in scores {
            last = std::array::from_fn(|to| {
                own[to]
                    + log_sum(|from| {
                        if follows(from, to) {
                            last[from] + steps[from][to]
                        } else {
                            f32::NEG_INFINITY
                        }
                    })
            });
            forward.push(last);
        }
        let mut backward: Vec<Scores> = vec![[0.0; TAGS]; scores.len()];
        let mut next: Scores =
            std::array::from_fn(
                |from| {
                    if follows(from, 0) { steps[from][0] } else { f32::NEG_INFINITY }
                },
            );
        let whole = log_sum(|tag| last[tag] + next[tag]);
        for i in (0..scores.len()).rev() {
            backward[i] = next;
            let own = &scores[i];
            next = std::array::from_fn(|from| {
                log_sum(|to| {
                    if follows(from, to) {
                        steps[from][to] + own[to] + backward[i][to]
                    } else {
                        f32::NEG_INFINITY
                    }
                })
            });
        }
        Self { forward, backward, whole }
    }

    fn shares(&self, i: usize) -> Scores {
        std::array::from_fn(|tag| (self.forward[i][tag] + self.backward[i][tag] - self.whole).exp())
    }

    fn loss(&self, scores: &[Scores], tags: &[usize], steps: &[Scores; TAGS]) -> f32 {
        let own: f32 = scores.iter().zip(tags).map(|(own, tag)| own[*tag]).sum();
        let walk: f32 = pairs(tags).map(|(from, to)| steps[from][to]).sum();
        self.whole - own - walk
    }

    fn step_errors(
        &self,
        scores: &[Scores],
        tags: &[usize],
        steps: &[Scores; TAGS],
    ) -> [Scores; TAGS] {
        let mut errors = [[0.0; TAGS]; TAGS];
        for i in 0..=scores.len() {
            let before = if i == 0 { start() } else { self.forward[i - 1] };
            for from in (0..TAGS).filter(|from| before[*from] > f32::NEG_INFINITY) {
                for to in (0..TAGS).filter(|to| follows(from, *to)) {
                    let behind = match scores.get(i) {
                        Some(own) => own[to] + self.backward[i][to],
                        None if to == 0 => 0.0,
                        None => continue,
                    };
                    errors[from][to] +=
                        (before[from] + steps[from][to] + behind - self.whole).exp();
                }
            }
        }
        for (from, to) in pairs(tags) {
            errors[from][to] -= 1.0;
        }
        errors
    }
}

/// Before a run all is outside.
fn start() -> Scores {
    let mut start = [f32::NEG_INFINITY; TAGS];
    start[0] = 0.0;
    start
}

/// Each step of a tagging, from and to outside at its ends.
fn pairs(tags: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let from = std::iter::once(0).chain(tags.iter().copied());
    from.zip(tags.iter().copied().chain([0]))
}

fn log_sum(value: impl Fn(usize) -> f32) -> f32 {
    let values: Scores = std::array::from_fn(value);
    let top = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if top == f32::NEG_INFINITY {
        return top;
    }
    top + values.iter().map(|v| (v - top).exp()).sum::<f32>().ln()
}

fn follows(from: usize, to: usize) -> bool {
    static TABLE: std::sync::LazyLock<[[bool; TAGS]; TAGS]> = std::sync::LazyLock::new(|| {
        std::array::from_fn(|from| std::array::from_fn(|to| may_follow(from, to)))
    });
    TABLE[from][to]
}

impl Trained {
    /// The features whose weights are largest, sorted.
    fn heaviest(&self, count: usize) -> Vec<u32> {
        let mut order: Vec<(f32, u32)> =
            self.weights.iter().map(largest).zip(self.names.iter().copied()).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut names: Vec<u32> = order.into_iter().take(count).map(|(_, name)| name).collect();
        names.sort_unstable();
        names
    }

    /// The model file, each weight in one byte.
    pub(crate) fn file(&self, command: &str) -> Vec<u8> {
        let top = self.weights.iter().map(largest).fold(0.0, f32::max);
        let unit = (top / 127.0).max(1e-6);
        let mut file = format!("{command}\n").into_bytes();
        file.extend((unit * (1.0 - DROPPED as f32)).to_le_bytes());
        file.extend(self.steps.iter().flatten().flat_map(|w| w.to_le_bytes()));
        let bytes = |weights: &Scores| -> Vec<(usize, i8)> {
            let weights = weights.iter().map(|w| (w / unit).round() as i8).enumerate();
            weights.filter(|(_, weight)| weight.unsigned_abs() > FAINT).collect()
        };
        let features = self.names.iter().copied().zip(self.weights.iter().map(bytes));
        let features: Vec<_> = features.filter(|(_, weights)| !weights.is_empty()).collect();
        file.extend(entity::weights(&features));
        file
    }
}

fn largest(weights: &Scores) -> f32 {
    weights.iter().fold(0.0, |top, w| top.max(w.abs()))
}
