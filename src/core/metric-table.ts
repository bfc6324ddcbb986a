import type { Direction } from "./candidate.ts";

/** What a metric compares with the truth: numbers, classes, probabilities (or scores), or something else (text, rankings, masks). */
type Prediction = "value" | "label" | "probability" | "other";

/**
 * How the error of a score changes along its way, and so how its interval is made: a share or a mean of
 * shares, a correlation, a loss from 0 on, a gain up to 1, or none of these. Null for a metric that the program cannot compute.
 */
type Scale = "share" | "correlation" | "loss" | "gain" | "other" | null;

/** The one table of metrics: the scorer gets it as JSON, and has a formula under each name that has a scale. */
export interface Metric {
  /** Canonical name: lower case, underscores. */
  name: string;
  direction: Direction;
  predicts: Prediction;
  scale: Scale;
  /** Other names in plain lower-case words; `metric.ts` brings what it reads into this form. */
  aliases: readonly string[];
}

/** A line each: the canonical name, then its aliases. */
const named = (direction: Direction, predicts: Prediction, scale: Scale, lines: string): Metric[] =>
  lines
    .trim()
    .split(/\n\s*/)
    .map((line) => {
      const [name = "", ...aliases] = line.split(/[:,]\s*/);
      return { name, direction, predicts, scale, aliases: [name.replaceAll("_", " "), ...aliases] };
    });

/** Every metric known by name, with the direction that it carries. */
export const METRICS: readonly Metric[] = [
  ...named(
    "minimize",
    "value",
    "loss",
    `rmse: root mean squared error, root mean square error, mcrmse, rms error
    rmsle: root mean squared logarithmic error, root mean squared log error, mcrmsle
    mse: mean squared error, mean square error, l2 loss
    msle: mean squared logarithmic error, mean squared log error
    mae: mean absolute error, mean absolute deviation, mcmae, l1 loss
    medae: median absolute error
    mape: mean absolute percentage error, mean absolute percent error
    smape: symmetric mean absolute percentage error, symmetric mape
    wape: weighted absolute percentage error
    pinball: pinball loss, quantile loss, mean pinball loss`,
  ),
  ...named(
    "maximize",
    "value",
    "gain",
    `r2: r 2, r2 score, r squared, r square, coefficient of determination
    explained_variance: explained variance score`,
  ),
  ...named(
    "maximize",
    "value",
    "correlation",
    `pearson: pearson correlation, pearson correlation coefficient, pearson r, pearsonr
    spearman: spearman correlation, spearman rank correlation, spearman s correlation`,
  ),
  ...named(
    "maximize",
    "label",
    "share",
    `accuracy: accuracy score, categorization accuracy, classification accuracy, acc
    balanced_accuracy: balanced accuracy score, mean class accuracy, bacc
    f1: f1 score, f 1, f 1 score, f1 measure, binary f1, f score, f measure
    f1_macro: macro f1, macro f1 score, macro averaged f1, f1 score macro
    f1_micro: micro f1, micro f1 score, micro averaged f1, f1 score micro
    f1_weighted: weighted f1, weighted f1 score, weighted averaged f1
    precision: precision score
    recall: recall score, sensitivity`,
  ),
  ...named(
    "maximize",
    "label",
    "correlation",
    `quadratic_kappa: quadratic weighted kappa, qwk, quadratic cohen kappa
    cohen_kappa: cohen s kappa, cohens kappa, kappa score
    mcc: matthews correlation coefficient, matthews corrcoef, matthews correlation`,
  ),
  ...named(
    "minimize",
    "label",
    "share",
    `hamming_loss
    error_rate: misclassification rate, categorization error`,
  ),
  ...named(
    "maximize",
    "probability",
    "share",
    `roc_auc: auc, auroc, auc roc, roc auc score, area under roc, area under curve, area under roc curve, area under receiver operating characteristic, area under receiver operating characteristic curve, area under receiver operating characteristic roc curve
    roc_auc_weighted: weighted auc, weighted roc auc, weighted averaged roc auc, roc auc weighted average
    average_precision: average precision score, pr auc, auprc, auc pr, area under precision recall curve
    lrap: label ranking average precision, label ranking average precision score
    lwlrap: label weighted label ranking average precision`,
  ),
  ...named(
    "maximize",
    "probability",
    "correlation",
    "gini: normalized gini, normalised gini, normalized gini coefficient",
  ),
  ...named(
    "minimize",
    "probability",
    "loss",
    `log_loss: logloss, mean log loss, mlogloss, logarithmic loss, mcll, multi class log loss, multiclass log loss, multi class logarithmic loss, cross entropy, cross entropy loss, binary cross entropy, categorical cross entropy, negative log likelihood
    brier: brier score, brier loss, brier score loss`,
  ),
  ...named(
    "maximize",
    "other",
    "share",
    `f1_samples: mean f1, mean f1 score, mean f score
    jaccard: jaccard score, jaccard index, intersection over union, iou, mean iou
    dice: dice coefficient, dice score, sorensen dice
    map_at_k: map k, mean average precision at k, average precision at k
    mrr: mean reciprocal rank
    concordance_index: c index, concordance`,
  ),
  ...named(
    "maximize",
    "other",
    "correlation",
    "kendall_tau: kendall s tau, kendall tau correlation, kendall rank correlation",
  ),
  ...named(
    "minimize",
    "other",
    "loss",
    `wer: word error rate
    cer: character error rate
    levenshtein: levenshtein distance, mean levenshtein distance, edit distance
    kl_divergence: kullback leibler divergence`,
  ),
  ...named(
    "maximize",
    "other",
    null,
    `mean_average_precision
    ndcg: ndcg at k, normalized discounted cumulative gain
    bleu: bleu score, sacrebleu
    rouge: rouge score, rouge l, rouge 1, rouge 2`,
  ),
  ...named(
    "minimize",
    "other",
    null,
    `hausdorff: hausdorff distance
    crps: continuous ranked probability score`,
  ),
];
